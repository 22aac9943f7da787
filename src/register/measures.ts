import type { Bilingual } from '../common/language.js';

/** How the data are secured (AVG art. 30(1)(g), art. 32), as far as this system sees to it. */
export const MEASURES: readonly Bilingual[] = [
  {
    nl: 'Alle vrije tekst over een persoon is versleuteld met een eigen sleutel van die cliënt (AES-256-GCM).',
    en: "All free text about a person is encrypted with a key of that client's own (AES-256-GCM).",
  },
  {
    nl: 'De database laat per rij alleen door wat iemands rol en dossier toestaan, ook als de toepassing zich vergist.',
    en: 'The database lets through, row by row, only what a role and a file allow, even where the application errs.',
  },
  {
    nl: 'Elke inzage en elke wijziging staat in een verzegeld logboek dat vijf jaar blijft.',
    en: 'Every look and every change is in a sealed log that is kept for five years.',
  },
  {
    nl: 'Wachtwoorden zijn gehasht (Argon2id); een tweede factor en passkeys zijn mogelijk, en door de praktijk te verplichten.',
    en: 'Passwords are hashed (Argon2id); a second factor and passkeys are possible, and the practice can require one.',
  },
  {
    nl: 'Reservekopieën zijn versleuteld; de sleutels van cliënten liggen daarin apart en niet langer dan dertig dagen.',
    en: 'Backups are encrypted; the keys of clients lie apart in them, and for no longer than thirty days.',
  },
];

/** Where data go beyond the European Economic Area (AVG art. 30(1)(e)). */
export const TRANSFERS: Bilingual = {
  nl: 'Het systeem zelf geeft niets door buiten de Europese Economische Ruimte. Waar de gekozen hostingpartij en mailprovider werken, staat in hun verwerkersovereenkomsten.',
  en: 'The system itself passes nothing on beyond the European Economic Area. Where the chosen hosting company and mail provider work is in their processing agreements.',
};
