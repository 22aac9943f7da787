import type { Bilingual } from '../../common/language.js';
import type { DataRequestNews } from '../../jobs/jobs.js';
import type { MailTexts } from '../mail-text.js';

/** Tells an admin that somebody asked something about their data; not who, and not what. */
export const dataRequestAsked: MailTexts = {
  nl: ({ practice }) => ({
    subject: `Een verzoek over gegevens bij ${practice}`,
    paragraphs: [
      'Er is een verzoek binnengekomen over gegevens van een cliënt.',
      'Wie het is en wat er gevraagd wordt, staat alleen achter je aanmelding. Een antwoord is er binnen een maand.',
    ],
    button: 'Bekijk het verzoek',
    afterwards: 'In de lijst met verzoeken staat bovenaan wat het eerst een antwoord nodig heeft.',
  }),
  en: ({ practice }) => ({
    subject: `A request about data at ${practice}`,
    paragraphs: [
      'A request has come in about the data of a client.',
      'Who it is and what is asked is there once you have signed in. It is answered within a month.',
    ],
    button: 'See the request',
    afterwards: 'The list of requests begins with what needs an answer first.',
  }),
};

type News = Exclude<DataRequestNews, 'asked' | 'copy_in_portal' | 'copy_to_hand_over'>;

const SAID: Readonly<Record<News, Bilingual>> = {
  received: {
    nl: 'We hebben je verzoek over je gegevens ontvangen. Binnen een maand hoor je wat we ermee doen.',
    en: 'We have received your request about your data. Within a month we tell you what we do with it.',
  },
  extended: {
    nl: 'Voor je verzoek over je gegevens hebben we meer tijd nodig: ten hoogste twee maanden langer. De reden staat bij je verzoek.',
    en: 'We need more time for your request about your data: two months longer at most. The reason stands with your request.',
  },
  approved: {
    nl: 'We gaan doen wat je over je gegevens vroeg.',
    en: 'We are going to do what you asked about your data.',
  },
  refused: {
    nl: 'We kunnen niet doen wat je over je gegevens vroeg. Waarom niet, staat bij je verzoek. Ben je het er niet mee eens, dan kun je terecht bij de Autoriteit Persoonsgegevens of bij de rechter.',
    en: 'We cannot do what you asked about your data. Why not stands with your request. If you do not agree, you can turn to the Dutch Data Protection Authority (Autoriteit Persoonsgegevens) or to the court.',
  },
  completed: {
    nl: 'Wat je over je gegevens vroeg, is klaar. Wat we deden, staat bij je verzoek.',
    en: 'What you asked about your data is done. What we did stands with your request.',
  },
  cancelled: {
    nl: 'Een verzoek over je gegevens gaat niet door.',
    en: 'A request about your data does not go ahead.',
  },
};

/** An erasure is the last of which somebody hears: afterwards there is no address left to write to. */
const ERASED = {
  nl: (day: string) => [
    `Op ${day} wissen we je dossier. Daarna kan niemand het terughalen, ook wij niet.`,
    'Wat de Belastingdienst van ons vraagt, blijft zeven jaar bewaard: data, duur en prijs van sessies, zonder inhoud.',
    'Bedenk je je, of klopt dit niet? Laat het ons dan vóór die dag weten; dan gaat het niet door.',
  ],
  en: (day: string) => [
    `On ${day} we erase your file. After that nobody can get it back, and neither can we.`,
    'What the tax office asks of us is kept for seven years: dates, durations and prices of sessions, without content.',
    'Have you changed your mind, or is this not right? Let us know before that day, and it does not go ahead.',
  ],
};

const NO_LOGIN: Bilingual = {
  nl: 'Je hebt bij ons geen inlog. Wil je weten wat er precies staat, bel of schrijf ons dan.',
  en: 'You have no login with us. If you want to know what it says exactly, call or write to us.',
};

/** What a client is told; of what they asked, and of what was answered, the mail says nothing. */
export const dataRequestNews = (
  news: News,
  { erasesOn, hasLogin }: { erasesOn: Bilingual | undefined; hasLogin: boolean },
): MailTexts => {
  const said = (language: 'nl' | 'en'): string[] => [
    ...(news === 'approved' && erasesOn ? ERASED[language](erasesOn[language]) : [SAID[news][language]]),
    ...(hasLogin ? [] : [NO_LOGIN[language]]),
  ];
  return {
    nl: ({ practice }) => ({
      subject: `Over je gegevens bij ${practice}`,
      paragraphs: said('nl'),
      button: hasLogin ? 'Bekijk je verzoek' : 'Naar het portaal',
      afterwards: 'Je krijgt dit bericht omdat er bij ons een verzoek over jouw gegevens ligt.',
    }),
    en: ({ practice }) => ({
      subject: `About your data at ${practice}`,
      paragraphs: said('en'),
      button: hasLogin ? 'See your request' : 'To the portal',
      afterwards: 'You are sent this because we have a request about your data on file.',
    }),
  };
};

const copyTexts = (nl: string, en: string): MailTexts => ({
  nl: ({ practice }) => ({
    subject: `Een kopie voor een cliënt van je bij ${practice}`,
    paragraphs: [
      nl,
      'Wie het is, staat alleen achter je aanmelding. Weet je niets van dit verzoek, vraag het dan na.',
    ],
    button: 'Naar het dossier',
    afterwards: 'Je krijgt dit bericht omdat je de coach van deze cliënt bent.',
  }),
  en: ({ practice }) => ({
    subject: `A copy for a client of yours at ${practice}`,
    paragraphs: [
      en,
      'Who it is, is there once you have signed in. If you know nothing of this request, ask about it.',
    ],
    button: 'To the file',
    afterwards: 'You are sent this because you are the coach of this client.',
  }),
});

/** Tells a coach that a copy of a file of theirs is there, and what they do for it. */
export const copyForClient: Readonly<Record<'copy_in_portal' | 'copy_to_hand_over', MailTexts>> = {
  copy_in_portal: copyTexts(
    'Een cliënt van je vroeg om een kopie van het eigen dossier, en kan die nu ophalen in het portaal.',
    'A client of yours asked for a copy of their own file, and can now fetch it in the portal.',
  ),
  copy_to_hand_over: copyTexts(
    'Voor een cliënt van je zonder inlog ligt een kopie van het dossier klaar. Een beheerder geeft het bestand, en jij het wachtwoord: het staat bij het dossier. Geef het zelf aan de cliënt door, liefst aan de telefoon, en aan niemand anders.',
    'A copy of the file is ready for a client of yours without a login. An admin hands over the archive, and you the passphrase: it stands with the file. Tell it to the client yourself, best on the phone, and to nobody else.',
  ),
};
