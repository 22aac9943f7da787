import { isDeepStrictEqual } from 'node:util';
import { codesOf, RECOVERY_SIGNALS } from '../../common/vocabulary.js';
import type { WriteLog } from './log.dto.js';
import type { LogOutcome, LogSharing } from './log.entity.js';

/** What a client tells in a log, whole: a `PUT` replaces all of it. */
export interface LogContent {
  readonly doneOn: string;
  readonly outcome: LogOutcome;
  readonly minutes: number | null;
  readonly tensionBefore: number | null;
  readonly tensionAfter: number | null;
  readonly recoverySignals: string[];
  readonly remark: string | null;
  readonly sharing: LogSharing;
}

/** @param sharing what holds when the input says nothing of it */
export function contentOf(input: WriteLog, sharing: LogSharing): LogContent {
  const { doneOn, outcome, minutes, tensionBefore, tensionAfter, recoverySignals, remark } = input;
  return {
    doneOn,
    outcome,
    minutes: minutes ?? null,
    tensionBefore: tensionBefore ?? null,
    tensionAfter: tensionAfter ?? null,
    // In the vocabulary's own order, so that the same signals told in another order are the same.
    recoverySignals: codesOf(RECOVERY_SIGNALS).filter((code) => recoverySignals?.includes(code)),
    remark: remark ?? null,
    sharing: input.sharing ?? sharing,
  };
}

export const isSame = (one: LogContent, other: LogContent): boolean => isDeepStrictEqual(one, other);
