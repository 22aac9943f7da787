import { Problem } from '../common/problem.js';
import type { SessionStatus } from './session.entity.js';

const STATUS_NL: Readonly<Record<SessionStatus, string>> = {
  planned: 'gepland',
  completed: 'afgerond',
  cancelled: 'afgezegd',
  no_show: 'niet verschenen',
};

export const wrongSessionState = (is: SessionStatus, from: readonly SessionStatus[]): Problem =>
  new Problem({
    type: 'wrong-state',
    status: 409,
    title: { nl: 'Dat kan in deze stand niet', en: 'Not possible in this state' },
    detail: {
      nl: `De sessie is ${STATUS_NL[is]}; dit kan alleen als zij ${from.map((one) => STATUS_NL[one]).join(' of ')} is.`,
      en: `The session is ${is}; this is possible only when it is ${from.join(' or ')}.`,
    },
    facts: { state: is },
  });

export const notYetStarted = (): Problem =>
  new Problem({
    type: 'not-yet-started',
    status: 409,
    title: { nl: 'Deze sessie moet nog beginnen', en: 'This session has yet to begin' },
    detail: {
      nl: 'Pas na het begin is te zeggen dat iemand niet verscheen.',
      en: 'Only after its start can somebody not have come.',
    },
  });
