import { Problem } from '../common/problem.js';

export const observationExists = (): Problem =>
  new Problem({
    type: 'observation-exists',
    status: 409,
    title: { nl: 'Er is al een observatie', en: 'There is an observation already' },
    detail: {
      nl: 'Van deze sessie is al een observatie vastgelegd. Wijzig die zelf: zo gaat er geen tekst verloren.',
      en: 'An observation of this session is on record already. Change that one itself, so that no text is lost.',
    },
  });

export const observationLocked = (): Problem =>
  new Problem({
    type: 'observation-locked',
    status: 409,
    title: { nl: 'Deze observatie staat vast', en: 'This observation stands' },
    detail: {
      nl: 'Een notitie van deze sessie is ondertekend, en daarmee ook wat toen is gezien. Schrijf wat je nog wilt zeggen in een nieuwe notitie.',
      en: 'A note of this session is signed, and with it what was seen then. Write what you still want to say in a new note.',
    },
  });
