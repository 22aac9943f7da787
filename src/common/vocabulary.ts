import type { Bilingual } from './language.js';

/** A fixed list of codes with their names; codes are stored, names are shown. */
export type Vocabulary = Readonly<Record<string, Bilingual>>;

/** The codes of a vocabulary, in the order they are shown. */
export const codesOf = <V extends Vocabulary>(vocabulary: V): (keyof V & string)[] => Object.keys(vocabulary);

export const RECOVERY_SIGNALS = {
  yawning: { nl: 'gapen', en: 'yawning' },
  deep_sigh: { nl: 'diepe zucht', en: 'deep sigh' },
  shoulders_dropping: { nl: 'schouders die zakken', en: 'shoulders dropping' },
  slower_breath: { nl: 'tragere adem', en: 'slower breath' },
  warmer_hands: { nl: 'warmere handen', en: 'warmer hands' },
  rumbling_belly: { nl: 'borrelende buik', en: 'rumbling belly' },
  calmer_thoughts: { nl: 'rustiger gedachten', en: 'calmer thoughts' },
} satisfies Vocabulary;

export const STRESS_SIGNALS = {
  chronic_fatigue: { nl: 'aanhoudende vermoeidheid', en: 'chronic fatigue' },
  trouble_falling_asleep: { nl: 'moeilijk inslapen', en: 'trouble falling asleep' },
  shallow_sleep: { nl: 'lichte slaap', en: 'shallow sleep' },
  irritability: { nl: 'prikkelbaarheid', en: 'irritability' },
  unable_to_switch_off: { nl: 'niet kunnen afschakelen', en: 'unable to switch off' },
  headache: { nl: 'hoofdpijn', en: 'headache' },
  muscle_tension: { nl: 'gespannen spieren', en: 'muscle tension' },
  digestion_trouble: { nl: 'last van maag of darmen', en: 'stomach or digestion trouble' },
  lost_concentration: { nl: 'concentratie kwijt', en: 'lost concentration' },
  low_energy: { nl: 'weinig energie', en: 'low energy' },
  recovery_resistance: { nl: 'onrust bij rust', en: 'recovery resistance' },
} satisfies Vocabulary;

/** What recovery needs room in; each is rated 0-10. */
export const CONDITIONS = {
  safety: { nl: 'veiligheid', en: 'safety' },
  rest: { nl: 'rust', en: 'rest' },
  presence: { nl: 'aanwezigheid', en: 'presence' },
  acceptance: { nl: 'acceptatie', en: 'acceptance' },
  naturalRhythm: { nl: 'natuurlijk ritme', en: 'natural rhythm' },
} satisfies Vocabulary;

export const BODY_AREAS = {
  head: { nl: 'hoofd', en: 'head' },
  jaw: { nl: 'kaak', en: 'jaw' },
  neck: { nl: 'nek', en: 'neck' },
  shoulders: { nl: 'schouders', en: 'shoulders' },
  chest: { nl: 'borst', en: 'chest' },
  upper_back: { nl: 'bovenrug', en: 'upper back' },
  belly: { nl: 'buik', en: 'belly' },
  lower_back: { nl: 'onderrug', en: 'lower back' },
  hips: { nl: 'heupen', en: 'hips' },
  hands: { nl: 'handen', en: 'hands' },
  legs: { nl: 'benen', en: 'legs' },
  feet: { nl: 'voeten', en: 'feet' },
} satisfies Vocabulary;

export const BREATH = {
  high: { nl: 'hoog', en: 'high' },
  shallow: { nl: 'oppervlakkig', en: 'shallow' },
  held: { nl: 'vastgehouden', en: 'held' },
  irregular: { nl: 'onregelmatig', en: 'irregular' },
  low: { nl: 'laag', en: 'low' },
  deep: { nl: 'diep', en: 'deep' },
  calm: { nl: 'rustig', en: 'calm' },
} satisfies Vocabulary;

/** What stands in the way of recovery. */
export const BLOCKERS = {
  searching_and_forcing: { nl: 'zoeken en forceren', en: 'searching and forcing' },
  drowning_out_signals: {
    nl: 'signalen overstemmen (koffie, sport, afleiding)',
    en: 'drowning out signals (coffee, sport, distraction)',
  },
  holding_on_to_control: { nl: 'vasthouden aan controle', en: 'holding on to control' },
  worry: { nl: 'zorgen over verleden of toekomst', en: 'worry about past or future' },
  resisting_what_is: { nl: 'verzet tegen wat er is', en: 'resisting what is' },
  constant_stimulation: { nl: 'voortdurende prikkels', en: 'constant stimulation' },
  lost_contact_with_body: { nl: 'contact met het lichaam kwijt', en: 'lost contact with the body' },
} satisfies Vocabulary;

export const STRESSORS = {
  workload: { nl: 'werkdruk', en: 'workload' },
  money: { nl: 'geld', en: 'money' },
  relationship: { nl: 'relatie', en: 'relationship' },
  information_overload: { nl: 'te veel informatie', en: 'information overload' },
  health: { nl: 'gezondheid', en: 'health' },
  loss: { nl: 'verlies', en: 'loss' },
  other: { nl: 'anders', en: 'other' },
} satisfies Vocabulary;

/** When on a day; a transition is the passage between two activities, or from work to home. */
export const MOMENTS = {
  morning: { nl: 'ochtend', en: 'morning' },
  transition: { nl: 'overgang', en: 'transition' },
  before_sleep: { nl: 'voor het slapen', en: 'before sleep' },
  any: { nl: 'wanneer het past', en: 'any time' },
} satisfies Vocabulary;

export const TECHNIQUES = {
  breathing: { nl: 'ademhaling', en: 'breathing' },
  visualisation: { nl: 'visualisatie', en: 'visualisation' },
  body_oriented: { nl: 'lichaamsgericht', en: 'body-oriented' },
  movement: { nl: 'beweging', en: 'movement' },
  relaxation: { nl: 'ontspanning', en: 'relaxation' },
  mindfulness: { nl: 'aandacht', en: 'mindfulness' },
  rest: { nl: 'rust', en: 'rest' },
  transition: { nl: 'overgang', en: 'transition' },
} satisfies Vocabulary;

/** Recovery is made accessible by letting go, or activated by adding something. */
export const APPROACHES = {
  letting_go: { nl: 'loslaten', en: 'letting go' },
  adding: { nl: 'toevoegen', en: 'adding' },
} satisfies Vocabulary;
