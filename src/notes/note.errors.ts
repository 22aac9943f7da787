import { Problem } from '../common/problem.js';

export const noteSigned = (): Problem =>
  new Problem({
    type: 'note-signed',
    status: 409,
    title: { nl: 'Deze notitie is ondertekend', en: 'This note has been signed' },
    detail: {
      nl: 'Een ondertekende notitie blijft zoals zij is. Delen kan nog wel.',
      en: 'A signed note stays as it is. It can still be shared.',
    },
  });

export const alreadyRead = (): Problem =>
  new Problem({
    type: 'already-read',
    status: 409,
    title: { nl: 'De cliënt heeft deze notitie al gelezen', en: 'The client has read this note already' },
    detail: {
      nl: 'Delen is terug te nemen tot de cliënt de notitie voor het eerst leest.',
      en: 'Sharing can be taken back until the client first reads the note.',
    },
  });

export const onlyTheAuthor = (): Problem =>
  new Problem({
    type: 'only-the-author',
    status: 403,
    title: { nl: 'Dit is de tekst van een andere coach', en: "This is another coach's text" },
    detail: {
      nl: 'Alleen wie een concept schreef, wijzigt of verwijdert het.',
      en: 'Only who wrote a draft changes or deletes it.',
    },
  });

export const onlyItsReader = (): Problem =>
  new Problem({
    type: 'only-its-reader',
    status: 403,
    title: { nl: 'Deze notitie is privé van een andere coach', en: 'This note is private to another coach' },
    detail: {
      nl: 'Alleen wie de tekst mag lezen, ondertekent of deelt haar.',
      en: 'Only who may read the text signs or shares it.',
    },
  });
