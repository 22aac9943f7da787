import type { OpenFile } from '../clients/client.dto.js';

/** Everybody in the demo is made up; the addresses end in `.example`, where no mail arrives. */
export const PASSWORD = 'adem rustig in en weer uit';

export const PRACTICE = { name: 'Adem & Rust', slug: 'adem-en-rust' };
export const ADMIN = { name: 'Ria Hendriks', email: 'ria@adem-en-rust.example' };
export const COACHES = {
  marijke: { name: 'Marijke de Wit', email: 'marijke@adem-en-rust.example' },
  joost: { name: 'Joost van den Berg', email: 'joost@adem-en-rust.example' },
};
export type CoachName = keyof typeof COACHES;

export const TINY_PRACTICE = { name: 'Stille Haven', slug: 'stille-haven' };
export const TINY_OWNER = { name: 'Wim Koster', email: 'wim@stille-haven.example' };

/** How the coaching of somebody went, over the weeks of the demo. */
export interface CastMember {
  readonly coach: CoachName;
  readonly file: Omit<OpenFile, 'consent'>;
  /** Weekday (1-7) and hour of the weekly session, local time; absent for who has none yet. */
  readonly slot?: { readonly weekday: number; readonly hour: number };
  /** Tension before exercises in the first week, 0-10. */
  readonly tension: number;
  readonly ends: 'active' | 'paused' | 'closed' | 'prospect';
  readonly withConsent: boolean;
  readonly withAccount: boolean;
}

const active = { ends: 'active', withConsent: true, withAccount: true } as const;

export const CAST: readonly CastMember[] = [
  {
    ...active,
    coach: 'marijke',
    slot: { weekday: 1, hour: 10 },
    tension: 8,
    file: {
      name: 'Sanne Bakker',
      email: 'sanne@bakkerontwerp.example',
      phone: '+31612345678',
      company: 'Bakker Ontwerp',
      language: 'nl',
      question:
        'Ik sta altijd aan, ook in het weekend. Hoe kom ik weer tot rust zonder dat alles blijft liggen?',
      stressKind: 'chronic',
      stressors: ['workload', 'money'],
      stressSignals: ['unable_to_switch_off', 'shallow_sleep', 'muscle_tension'],
      blockers: ['holding_on_to_control', 'constant_stimulation'],
    },
  },
  {
    ...active,
    coach: 'marijke',
    slot: { weekday: 2, hour: 9 },
    tension: 7,
    file: {
      name: 'Pieter Jansen',
      email: 'pieter@jansentechniek.example',
      phone: '+31620304050',
      company: 'Jansen Installatietechniek',
      language: 'nl',
      question: 'Sinds de overname slaap ik slecht en vlieg ik om kleine dingen uit mijn slof.',
      stressKind: 'chronic',
      stressors: ['workload', 'information_overload'],
      stressSignals: ['trouble_falling_asleep', 'irritability', 'headache'],
      blockers: ['searching_and_forcing', 'drowning_out_signals'],
    },
  },
  {
    ...active,
    coach: 'marijke',
    slot: { weekday: 3, hour: 14 },
    tension: 6,
    file: {
      name: 'Fatima El Amrani',
      email: 'fatima@elamraniadvies.example',
      company: 'El Amrani Advies',
      language: 'nl',
      question: 'Ik voel me schuldig zodra ik niets doe. Mag rust ook gewoon rust zijn?',
      stressKind: 'chronic',
      stressors: ['workload', 'relationship'],
      stressSignals: ['recovery_resistance', 'chronic_fatigue'],
      blockers: ['worry', 'resisting_what_is'],
    },
  },
  {
    ...active,
    coach: 'marijke',
    slot: { weekday: 4, hour: 16 },
    tension: 9,
    file: {
      name: 'Tom de Groot',
      email: 'tom@degrootbouw.example',
      phone: '+31655544433',
      company: 'De Groot Bouw',
      language: 'nl',
      question: 'Mijn lijf is moe maar mijn hoofd stopt niet.',
      stressKind: 'chronic',
      stressors: ['money', 'health'],
      stressSignals: ['low_energy', 'muscle_tension', 'lost_concentration'],
      blockers: ['lost_contact_with_body'],
    },
  },
  {
    ...active,
    coach: 'joost',
    slot: { weekday: 1, hour: 11 },
    tension: 7,
    file: {
      name: 'Lotte Visser',
      email: 'lotte@visserfotografie.example',
      company: 'Visser Fotografie',
      language: 'nl',
      question: 'Na een drukke periode kom ik niet meer bij. Waar begin ik?',
      stressKind: 'acute',
      stressors: ['workload'],
      stressSignals: ['chronic_fatigue', 'headache'],
      blockers: ['constant_stimulation'],
    },
  },
  {
    ...active,
    coach: 'joost',
    slot: { weekday: 2, hour: 15 },
    tension: 8,
    file: {
      name: 'Ahmed Yilmaz',
      email: 'ahmed@yilmaztransport.example',
      phone: '+31687654321',
      company: 'Yilmaz Transport',
      language: 'nl',
      question: 'Ik adem hoog en snel, zegt mijn huisarts. Wat kan ik daar zelf aan laten gebeuren?',
      stressKind: 'chronic',
      stressors: ['workload', 'loss'],
      stressSignals: ['digestion_trouble', 'shallow_sleep'],
      blockers: ['worry'],
    },
  },
  {
    ...active,
    coach: 'joost',
    slot: { weekday: 4, hour: 10 },
    tension: 6,
    file: {
      name: 'James Turner',
      email: 'james@turnerstudio.example',
      company: 'Turner Studio',
      language: 'en',
      question: 'I keep looking for the next technique. What if I could stop looking?',
      stressKind: 'chronic',
      stressors: ['information_overload', 'other'],
      stressSignals: ['lost_concentration', 'unable_to_switch_off'],
      blockers: ['searching_and_forcing'],
    },
  },
  {
    ...active,
    coach: 'marijke',
    slot: { weekday: 5, hour: 9 },
    tension: 7,
    ends: 'paused',
    file: {
      name: 'Iris Mulder',
      email: 'iris@muldercatering.example',
      company: 'Mulder Catering',
      language: 'nl',
      question: 'Ik wil leren voelen wanneer het genoeg is.',
      stressKind: 'chronic',
      stressors: ['workload'],
      stressSignals: ['irritability', 'low_energy'],
      blockers: ['drowning_out_signals'],
    },
  },
  {
    ...active,
    coach: 'joost',
    slot: { weekday: 5, hour: 13 },
    tension: 6,
    ends: 'closed',
    file: {
      name: 'Karin Smit',
      email: 'karin@smitmode.example',
      company: 'Smit Mode',
      language: 'nl',
      question: 'Hoe houd ik vast wat ik deze zomer heb losgelaten?',
      stressKind: 'acute',
      stressors: ['relationship'],
      stressSignals: ['trouble_falling_asleep'],
      blockers: ['holding_on_to_control'],
    },
  },
  {
    ...active,
    coach: 'marijke',
    slot: { weekday: 5, hour: 11 },
    tension: 5,
    ends: 'closed',
    withAccount: false,
    file: {
      name: 'Hendrik Postma',
      email: 'hendrik@postmahoveniers.example',
      company: 'Postma Hoveniers',
      language: 'nl',
      question: 'Mijn energie komt terug. Hoe blijf ik daarbij?',
      stressKind: 'acute',
      stressors: ['health'],
      stressSignals: ['low_energy'],
      blockers: [],
    },
  },
  {
    coach: 'marijke',
    tension: 6,
    ends: 'prospect',
    withConsent: true,
    withAccount: false,
    file: {
      name: 'Noor van Dijk',
      email: 'noor@vandijkjuristen.example',
      company: 'Van Dijk Juristen',
      language: 'nl',
      question: 'Ik hoorde van jullie werkwijze. Past die bij iemand die niet stil kan zitten?',
      stressKind: 'chronic',
    },
  },
  {
    coach: 'joost',
    tension: 6,
    ends: 'prospect',
    withConsent: false,
    withAccount: false,
    file: { name: 'Bas Willems', email: 'bas@willemsict.example', company: 'Willems ICT', language: 'nl' },
  },
];
