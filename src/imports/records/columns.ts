import { STRESS_KINDS } from '../../clients/client.dto.js';
import { CLIENT_STATUSES } from '../../clients/client.entity.js';
import { CONSENT_CHANNELS } from '../../clients/consent.dto.js';
import { LANGUAGES } from '../../common/language.js';
import { LONGEST_NOTE } from '../../notes/note.dto.js';
import { NOTE_STATUSES, VISIBILITIES } from '../../notes/note.entity.js';
import { SESSION_KINDS, SESSION_MODES, SESSION_STATUSES } from '../../sessions/session.entity.js';
import { code, day, euros, flag, instant, line, mail, phone, text, uuid, whole } from '../reading/cells.js';
import { field, needed, type Said } from '../reading/rows.js';
import { addenda } from './addenda.js';

/** The columns of a file with clients: those of our own export, and what other systems call them. */
export const CLIENT_FIELDS = {
  id: field(uuid),
  coachId: field(uuid),
  coach: field(mail, 'coachEmail', 'coachMail', 'mail coach', 'e-mail coach'),
  name: needed(line(120), 'naam', 'volledige naam', 'full name'),
  email: field(mail, 'mail', 'e-mailadres', 'mailadres', 'email address'),
  phone: field(phone, 'telefoon', 'telefoonnummer', 'mobiel', 'phone number'),
  company: field(line(120), 'bedrijf', 'organisatie', 'organisation'),
  language: field(code(LANGUAGES, { nederlands: 'nl', dutch: 'nl', engels: 'en', english: 'en' }), 'taal'),
  status: field(
    code(CLIENT_STATUSES, {
      actief: 'active',
      gepauzeerd: 'paused',
      pauze: 'paused',
      gesloten: 'closed',
      afgesloten: 'closed',
    }),
  ),
  createdAt: field(instant, 'aangemaakt op', 'client since', 'cliënt sinds'),
  invitedAt: field(instant, 'uitgenodigd op'),
  closedAt: field(instant, 'gesloten op'),
  hasConsent: field(flag, 'toestemming'),
  hasAccount: field(flag),
  consentGivenOn: field(day, 'toestemming op', 'toestemming gegeven op', 'consent on'),
  consentChannel: field(code(CONSENT_CHANNELS, { papier: 'paper', portaal: 'portal' }), 'toestemming via'),
  consentTextVersion: field(whole(1, 10_000), 'versie toestemmingstekst'),
  question: field(text(4000), 'vraag', 'hulpvraag'),
  stressKind: field(code(STRESS_KINDS, { acuut: 'acute', chronisch: 'chronic' }), 'soort stress'),
  since: field(day, 'sinds'),
} as const;
export type ClientRow = Said<typeof CLIENT_FIELDS>;

/** How a row of anybody's file says whose it is. */
const WHOSE = {
  clientId: field(uuid),
  client: field(mail, 'clientEmail', 'cliënt', 'e-mail cliënt', 'mail cliënt'),
  clientName: field(line(120), 'naam cliënt', 'naam'),
  clientPhone: field(phone, 'telefoon cliënt', 'telefoon'),
} as const;

/** The columns of a file with sessions. */
export const SESSION_FIELDS = {
  id: field(uuid),
  ...WHOSE,
  coachId: field(uuid),
  givenBy: field(uuid),
  coach: field(mail, 'coachEmail', 'coachMail', 'mail coach', 'e-mail coach'),
  kind: field(
    code(SESSION_KINDS, { vervolg: 'follow_up', vervolgsessie: 'follow_up', evaluatie: 'evaluation' }),
    'soort',
  ),
  status: field(
    code(SESSION_STATUSES, {
      gepland: 'planned',
      afgerond: 'completed',
      gehouden: 'completed',
      geannuleerd: 'cancelled',
      afgezegd: 'cancelled',
      niet_gekomen: 'no_show',
    }),
  ),
  mode: field(
    code(SESSION_MODES, {
      op_locatie: 'in_person',
      fysiek: 'in_person',
      telefoon: 'phone',
      telefonisch: 'phone',
      online: 'video',
    }),
    'vorm',
  ),
  startsAt: needed(instant, 'begint op', 'begin', 'datum', 'start', 'date'),
  endsAt: field(instant, 'eindigt op', 'einde', 'end'),
  durationMinutes: field(whole(5, 480), 'duur', 'minuten', 'minutes'),
  priceCents: field(whole(0, 10_000_000)),
  price: field(euros, 'prijs', 'bedrag'),
  vatPercent: field(whole(0, 100), 'btw', 'vat'),
  location: field(line(300), 'locatie', 'plaats'),
  tensionBefore: field(whole(0, 10), 'spanning vooraf', 'spanning voor'),
  tensionAfter: field(whole(0, 10), 'spanning achteraf', 'spanning na'),
  question: field(text(4000), 'vraag'),
  thoughts: field(text(4000), 'gedachten'),
  letGo: field(text(4000), 'losgelaten'),
  takeHome: field(text(4000), 'meegenomen', 'neemt mee'),
} as const;
export type SessionRow = Said<typeof SESSION_FIELDS>;

/** The columns of a file with notes. */
export const NOTE_FIELDS = {
  id: field(uuid),
  ...WHOSE,
  coachId: field(uuid),
  authorId: field(uuid),
  author: field(mail, 'auteur', 'coach', 'coachEmail', 'e-mail coach', 'mail coach'),
  sessionId: field(uuid),
  visibility: field(
    code(VISIBILITIES, { privé: 'private', prive: 'private', gedeeld: 'shared' }),
    'zichtbaarheid',
  ),
  status: field(code(NOTE_STATUSES, { concept: 'draft', ondertekend: 'signed' })),
  createdAt: field(instant, 'datum', 'date', 'geschreven op'),
  updatedAt: field(instant),
  signedAt: field(instant, 'ondertekend op'),
  signedBy: field(uuid),
  enteredInErrorAt: field(instant),
  enteredInErrorBy: field(uuid),
  body: needed(text(LONGEST_NOTE), 'tekst', 'text', 'notitie', 'note'),
  addenda: field(addenda),
} as const;
export type NoteRow = Said<typeof NOTE_FIELDS>;
