import type { Bilingual, Language } from '../common/language.js';
import type { AccessLogLine, Capacity } from './access-log.dto.js';
import type { AccessLogRow } from './access-log.queries.js';
import { saidOf } from './events.js';

const WITHOUT_A_NAME: Bilingual = { nl: 'Iemand van de praktijk', en: 'Somebody at the practice' };
const ROLE: Readonly<Record<'coach' | 'admin', Bilingual>> = {
  coach: { nl: 'coach', en: 'coach' },
  admin: { nl: 'beheerder', en: 'administrator' },
};

export function accessLogLine(row: AccessLogRow, language: Language): AccessLogLine {
  const capacity = capacityOf(row);
  const { on, event, times } = row;
  return {
    on,
    firstAt: row.firstAt.toISOString(),
    lastAt: row.lastAt.toISOString(),
    times,
    capacity,
    ...(row.name && { name: row.name }),
    event,
    sentence: `${subject(row, capacity)[language]} ${saidOf(event)[language]}${often(times)[language]}.`,
  };
}

function capacityOf({ task, isCoach, isAdmin }: AccessLogRow): Capacity {
  if (task) return 'system';
  return isCoach ? 'coach' : isAdmin ? 'admin' : 'other';
}

function subject({ name, onBehalfOf }: AccessLogRow, capacity: Capacity): Bilingual {
  if (capacity === 'system') {
    return onBehalfOf
      ? { nl: `Het systeem, in opdracht van ${onBehalfOf},`, en: `The system, on behalf of ${onBehalfOf},` }
      : { nl: 'Het systeem', en: 'The system' };
  }
  if (capacity === 'other') return WITHOUT_A_NAME;
  const role = ROLE[capacity];
  return {
    nl: `${name ?? WITHOUT_A_NAME.nl} (${role.nl})`,
    en: `${name ?? WITHOUT_A_NAME.en} (${role.en})`,
  };
}

function often(times: number): Bilingual {
  return times === 1 ? { nl: '', en: '' } : { nl: `, ${times} keer`, en: `, ${times} times` };
}
