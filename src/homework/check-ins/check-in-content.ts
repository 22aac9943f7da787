import { isDeepStrictEqual } from 'node:util';
import { codesOf, type CONDITIONS, RECOVERY_SIGNALS } from '../../common/vocabulary.js';
import type { LogSharing } from '../logs/log.entity.js';
import type { WriteCheckIn } from './check-in.dto.js';

export type Condition = keyof typeof CONDITIONS;

/** What a client tells in a check-in, whole: a `PUT` replaces all of it. */
export interface CheckInContent {
  readonly on: string;
  readonly tension: number;
  readonly stressSignals: string[];
  readonly recoverySignals: string[];
  readonly conditions: Readonly<Record<Condition, number | null>>;
  readonly remark: string | null;
  readonly sharing: LogSharing;
}

/**
 * @param known the stress signals that the practice knows, in their order
 * @param sharing what holds when the input says nothing of it
 */
export function contentOf(
  input: WriteCheckIn,
  known: readonly string[],
  sharing: LogSharing,
): CheckInContent {
  const { on, tension, stressSignals, recoverySignals, conditions, remark } = input;
  return {
    on,
    tension,
    // In the vocabulary's own order, so that the same signals told in another order are the same.
    stressSignals: known.filter((code) => stressSignals.includes(code)),
    recoverySignals: codesOf(RECOVERY_SIGNALS).filter((code) => recoverySignals?.includes(code)),
    conditions: conditionsBy((condition) => conditions[condition] ?? null),
    remark: remark ?? null,
    sharing: input.sharing ?? sharing,
  };
}

export const conditionsBy = <Value>(value: (condition: Condition) => Value): Record<Condition, Value> => ({
  safety: value('safety'),
  rest: value('rest'),
  presence: value('presence'),
  acceptance: value('acceptance'),
  naturalRhythm: value('naturalRhythm'),
});

export const isSame = (one: CheckInContent, other: CheckInContent): boolean => isDeepStrictEqual(one, other);
