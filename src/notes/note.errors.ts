import { Problem } from '../common/problem.js';
import { invalidInput } from '../common/problems.js';

export const noteSigned = (): Problem =>
  new Problem({
    type: 'note-signed',
    status: 409,
    title: { nl: 'Deze notitie is ondertekend', en: 'This note has been signed' },
    detail: {
      nl: 'Een ondertekende notitie blijft zoals zij is. Delen of aanvullen kan nog wel.',
      en: 'A signed note stays as it is. It can still be shared, or added to.',
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

export const noteNotSigned = (): Problem =>
  new Problem({
    type: 'note-not-signed',
    status: 409,
    title: { nl: 'Deze notitie is nog een concept', en: 'This note is still a draft' },
    detail: {
      nl: 'Een concept pas je gewoon aan, of je gooit het weg. Aanvullen en doorhalen is voor wat is ondertekend.',
      en: 'A draft you simply change, or throw away. Adding to it and striking it through is for what was signed.',
    },
  });

export const noteInError = (): Problem =>
  new Problem({
    type: 'note-in-error',
    status: 409,
    title: { nl: 'Deze notitie is doorgehaald', en: 'This note was struck through' },
    detail: {
      nl: 'Zij blijft bewaard zoals zij was. Schrijf wat wel klopt in een nieuwe notitie.',
      en: 'It is kept as it was. Write what is right in a new note.',
    },
  });

export const tooManyAddenda = (limit: number): Problem =>
  new Problem({
    type: 'too-many-addenda',
    status: 409,
    title: { nl: 'Deze notitie is vaak genoeg aangevuld', en: 'This note was added to often enough' },
    detail: {
      nl: `Een notitie krijgt hoogstens ${limit} aanvullingen. Schrijf verder in een nieuwe notitie.`,
      en: `A note takes ${limit} addenda at most. Go on in a new note.`,
    },
  });

/** What stands in the database is not what was signed. It is audited, and nothing of it is shown. */
export const signatureBroken = (noteId: string): Problem =>
  new Problem({
    type: 'signature-broken',
    status: 500,
    title: {
      nl: 'Deze notitie is niet meer wat is ondertekend',
      en: 'This note is no longer what was signed',
    },
    detail: {
      nl: 'Tekst, ondertekenaar of tijd is buiten het systeem om gewijzigd. Er wordt niets van getoond. Waarschuw de beheerder: het staat in het logboek.',
      en: 'Its text, signer or time was changed past the system. Nothing of it is shown. Tell the administrator: it is in the log.',
    },
    facts: { noteId },
  });

export const nothingToSearchFor = (): Problem =>
  invalidInput([
    {
      parameter: 'q',
      detail: {
        nl: 'Geef een tot tien woorden om op te zoeken.',
        en: 'Give one to ten words to look for.',
      },
    },
  ]);

/** What the client has read already cannot be kept from them. */
export const sharedIsRead = (): Problem =>
  new Problem({
    type: 'note-shared',
    status: 409,
    title: { nl: 'Deze notitie is gedeeld', en: 'This note is shared' },
    detail: {
      nl: 'De cliënt leest deze notitie al. Alleen een privénotitie kan buiten een kopie blijven.',
      en: 'The client reads this note already. Only a private note can stay out of a copy.',
    },
  });
