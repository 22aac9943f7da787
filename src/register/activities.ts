import type { Bilingual } from '../common/language.js';
import type { ActivityCode } from './classified.js';

/** What the practice does with data, in the words that article 30 of the AVG asks for. */
export interface Activity {
  readonly name: Bilingual;
  readonly purpose: Bilingual;
  readonly ground: Bilingual;
  readonly people: Bilingual;
  readonly recipients: Bilingual;
}

const CLIENTS: Bilingual = { nl: 'Cliënten', en: 'Clients' };
const ALL_WHO_SIGN_IN: Bilingual = {
  nl: 'Cliënten, coaches en beheerders met een inlog',
  en: 'Clients, coaches and administrators who sign in',
};
const NOBODY_ELSE: Bilingual = {
  nl: 'Niemand buiten de praktijk, behalve de hostingpartij als verwerker',
  en: 'Nobody outside the practice, except the hosting company as a processor',
};
const BY_MAIL: Bilingual = {
  nl: 'De ontvanger zelf; de hostingpartij en de mailprovider als verwerkers',
  en: 'Who it is for; the hosting company and the mail provider as processors',
};

export const ACTIVITIES: Readonly<Record<ActivityCode, Activity>> = {
  coaching: {
    name: { nl: 'Begeleiding', en: 'Coaching' },
    purpose: {
      nl: 'Iemand begeleiden bij herstel van stress: weten wie het is, wat er speelde, wat er in sessies en met oefeningen gebeurde.',
      en: 'Coaching somebody in recovering from stress: knowing who it is, what was going on, what happened in sessions and with exercises.',
    },
    ground: {
      nl: 'Overeenkomst (AVG art. 6 lid 1 b); voor gegevens over gezondheid uitdrukkelijke toestemming (art. 9 lid 2 a)',
      en: 'Contract (GDPR art. 6(1)(b)); for data about health explicit consent (art. 9(2)(a))',
    },
    people: CLIENTS,
    recipients: {
      nl: 'De eigen coach en de cliënt zelf; de hostingpartij als verwerker',
      en: 'The own coach and the client; the hosting company as a processor',
    },
  },
  bookkeeping: {
    name: { nl: 'Administratie', en: 'Bookkeeping' },
    purpose: {
      nl: 'Verantwoorden welke sessies wanneer zijn gegeven en wat ze kostten.',
      en: 'Accounting for which sessions were given when, and what they cost.',
    },
    ground: {
      nl: 'Wettelijke plicht (AVG art. 6 lid 1 c; AWR art. 52)',
      en: 'Legal duty (GDPR art. 6(1)(c); AWR art. 52)',
    },
    people: CLIENTS,
    recipients: {
      nl: 'De beheerder, en op verzoek de Belastingdienst; de hostingpartij als verwerker',
      en: 'The administrator, and the tax office if it asks; the hosting company as a processor',
    },
  },
  intake: {
    name: { nl: 'Aanvragen voor een intake', en: 'Requests for an intake' },
    purpose: {
      nl: 'Antwoord geven aan wie via de website om een intake vraagt.',
      en: 'Answering who asks for an intake on the website.',
    },
    ground: {
      nl: 'Uitdrukkelijke toestemming (AVG art. 6 lid 1 a en art. 9 lid 2 a)',
      en: 'Explicit consent (GDPR art. 6(1)(a) and art. 9(2)(a))',
    },
    people: { nl: 'Wie een intake aanvraagt', en: 'Who asks for an intake' },
    recipients: NOBODY_ELSE,
  },
  accounts: {
    name: { nl: 'Inloggen', en: 'Signing in' },
    purpose: {
      nl: 'Weten wie er inlogt, en niemand anders binnenlaten.',
      en: 'Knowing who signs in, and letting nobody else in.',
    },
    ground: {
      nl: 'Overeenkomst en de plicht tot beveiliging (AVG art. 6 lid 1 b en art. 32)',
      en: 'Contract and the duty to secure (GDPR art. 6(1)(b) and art. 32)',
    },
    people: ALL_WHO_SIGN_IN,
    recipients: BY_MAIL,
  },
  mailing: {
    name: { nl: 'Herinneringen', en: 'Reminders' },
    purpose: {
      nl: 'Een cliënt die dat wil op eigen tijden uitnodigen om te oefenen.',
      en: 'Inviting a client who wants that to do an exercise, at their own times.',
    },
    ground: { nl: 'Toestemming (AVG art. 6 lid 1 a)', en: 'Consent (GDPR art. 6(1)(a))' },
    people: CLIENTS,
    recipients: BY_MAIL,
  },
  rights: {
    name: { nl: 'Verzoeken over gegevens', en: 'Requests about data' },
    purpose: {
      nl: 'Op tijd antwoorden op wie inzage, verbetering, verwijdering of iets anders vraagt.',
      en: 'Answering in time who asks for access, rectification, erasure or anything else.',
    },
    ground: {
      nl: 'Wettelijke plicht (AVG art. 6 lid 1 c; art. 12 en 15 tot en met 21)',
      en: 'Legal duty (GDPR art. 6(1)(c); art. 12 and 15 to 21)',
    },
    people: CLIENTS,
    recipients: {
      nl: 'De beheerder en de cliënt zelf; de hostingpartij als verwerker',
      en: 'The administrator and the client; the hosting company as a processor',
    },
  },
  exporting: {
    name: { nl: 'Kopieën uit het systeem', en: 'Copies out of the system' },
    purpose: {
      nl: 'Vastleggen welke gegevens waarvoor naar buiten gingen.',
      en: 'Recording which data left the system, and for what.',
    },
    ground: {
      nl: 'Gerechtvaardigd belang en verantwoordingsplicht (AVG art. 6 lid 1 f en art. 5 lid 2)',
      en: 'Legitimate interest and accountability (GDPR art. 6(1)(f) and art. 5(2))',
    },
    people: CLIENTS,
    recipients: {
      nl: 'Wie de kopie aanvroeg en aan wie die haar doorgeeft; de hostingpartij als verwerker',
      en: 'Who asked for the copy and whom they pass it on to; the hosting company as a processor',
    },
  },
  accounting_for: {
    name: { nl: 'Logboek van inzage', en: 'Log of who looked' },
    purpose: {
      nl: 'Kunnen laten zien wie wanneer in welk dossier keek of iets veranderde, ook aan de cliënt.',
      en: 'Being able to show who looked at or changed which file and when, to its client too.',
    },
    ground: {
      nl: 'Wettelijke plicht (AVG art. 6 lid 1 c; art. 5 lid 2, 32 en 33; NEN 7513)',
      en: 'Legal duty (GDPR art. 6(1)(c); art. 5(2), 32 and 33; NEN 7513)',
    },
    people: ALL_WHO_SIGN_IN,
    recipients: {
      nl: 'De beheerder, en de cliënt over het eigen dossier; de hostingpartij als verwerker',
      en: 'The administrator, and a client about their own file; the hosting company as a processor',
    },
  },
  practice: {
    name: { nl: 'De praktijk zelf', en: 'The practice itself' },
    purpose: {
      nl: 'Werken zoals de praktijk het wil: instellingen, oefeningen, artikelen, teksten.',
      en: 'Working as the practice wants: settings, exercises, articles, texts.',
    },
    ground: {
      nl: 'Gerechtvaardigd belang (AVG art. 6 lid 1 f); het gaat over niemand behalve wie iets schreef',
      en: 'Legitimate interest (GDPR art. 6(1)(f)); it is about nobody but who wrote it',
    },
    people: { nl: 'Coaches en beheerders', en: 'Coaches and administrators' },
    recipients: {
      nl: 'Wie de website leest, voor wat gepubliceerd is; de hostingpartij als verwerker',
      en: 'Who reads the website, for what is published; the hosting company as a processor',
    },
  },
  operation: {
    name: { nl: 'Werking van het systeem', en: 'Running the system' },
    purpose: {
      nl: 'Werk in de wachtrij zetten, niets dubbel doen, misbruik afremmen.',
      en: 'Queueing work, doing nothing twice, slowing down abuse.',
    },
    ground: {
      nl: 'Gerechtvaardigd belang en de plicht tot beveiliging (AVG art. 6 lid 1 f en art. 32)',
      en: 'Legitimate interest and the duty to secure (GDPR art. 6(1)(f) and art. 32)',
    },
    people: ALL_WHO_SIGN_IN,
    recipients: NOBODY_ELSE,
  },
};
