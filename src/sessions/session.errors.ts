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
      nl: 'Pas na het begin is te zeggen hoe zij liep, of dat iemand niet verscheen. Was zij eerder? Verzet haar dan eerst.',
      en: 'Only after its start is it known how it went, or that somebody did not come. Was it earlier? Then move it first.',
    },
  });

export const coachOccupied = (): Problem =>
  new Problem({
    type: 'coach-occupied',
    status: 409,
    title: { nl: 'Je hebt dan al een sessie', en: 'You have a session then already' },
    detail: {
      nl: 'Een andere geplande sessie van jou valt in deze tijd. Kies een andere tijd, of verzet of annuleer eerst die andere.',
      en: 'Another planned session of yours falls in this time. Choose another time, or first move or cancel the other.',
    },
  });

export const clientOccupied = (): Problem =>
  new Problem({
    type: 'client-occupied',
    status: 409,
    title: { nl: 'De cliënt heeft dan al een sessie', en: 'The client has a session then already' },
    detail: {
      nl: 'Een andere geplande sessie van deze cliënt valt in deze tijd. Kies een andere tijd, of verzet of annuleer eerst die andere.',
      en: 'Another planned session of this client falls in this time. Choose another time, or first move or cancel the other.',
    },
  });

export const noteSigned = (): Problem =>
  new Problem({
    type: 'note-signed',
    status: 409,
    title: { nl: 'Een notitie van deze sessie is ondertekend', en: 'A note of this session is signed' },
    detail: {
      nl: 'Wat is ondertekend gaat over de sessie zoals zij was: haar tijd en haar afloop staan daarmee vast.',
      en: 'What was signed is about the session as it was: its time and its end stand from then on.',
    },
  });

export const sessionHasRecords = (): Problem =>
  new Problem({
    type: 'session-has-records',
    status: 409,
    title: {
      nl: 'Bij deze sessie is al iets vastgelegd',
      en: 'Something is on record for this session already',
    },
    detail: {
      nl: 'Er hoort een observatie, een notitie of huiswerk bij. Annuleer de sessie in plaats van haar te verwijderen.',
      en: 'An observation, a note or homework belongs to it. Cancel the session instead of deleting it.',
    },
  });
