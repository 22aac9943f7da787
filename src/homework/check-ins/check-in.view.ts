import type { CheckInView, OwnConditions } from './check-in.dto.js';
import type { CheckInContent } from './check-in-content.js';
import type { CheckInRecord } from './check-in.queries.js';

/** For the client, and for the coach: the remark is there where the service found that it is shared. */
export function checkInView(checkIn: CheckInRecord): CheckInView {
  const { id, on, tension, stressSignals, recoverySignals, conditions } = checkIn;
  const { remark, sharing, checkedAt, version } = checkIn;
  return {
    id,
    on,
    tension,
    stressSignals,
    recoverySignals,
    conditions: conditionsView(conditions),
    ...(remark !== null && { remark }),
    sharing,
    checkedAt: checkedAt.toISOString(),
    version,
  };
}

/** What was not looked at is left out. */
function conditionsView({
  safety,
  rest,
  presence,
  acceptance,
  naturalRhythm,
}: CheckInContent['conditions']): OwnConditions {
  return {
    ...(safety !== null && { safety }),
    ...(rest !== null && { rest }),
    ...(presence !== null && { presence }),
    ...(acceptance !== null && { acceptance }),
    ...(naturalRhythm !== null && { naturalRhythm }),
  };
}
