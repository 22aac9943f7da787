import type { Bilingual, Language } from '../common/language.js';
import { ACTIVITIES } from './activities.js';
import { ACTIVITY_CODES, type ActivityCode, FIELD_CLASSES, type FieldClass } from './classified.js';
import { type Field, FIELDS } from './field-catalogue.js';
import { MEASURES, TRANSFERS } from './measures.js';
import type { ProcessingRegister, RegisterContact, RegisteredActivity } from './processing-register.dto.js';
import { retentionTerms, type Terms } from './retention-terms.js';

const CLASS_NAMES: Readonly<Record<FieldClass, Bilingual>> = {
  identity: { nl: 'Wie iemand is', en: 'Who somebody is' },
  contact: { nl: 'Hoe iemand te bereiken is', en: 'How to reach somebody' },
  special: { nl: 'Bijzondere gegevens (gezondheid)', en: 'Special category (health)' },
  fiscal: { nl: 'Voor de belasting', en: 'For the tax office' },
  technical: { nl: 'Technisch: ids, standen, tijden', en: 'Technical: ids, states, times' },
};

/** What the register is told of: the practice, and how long it keeps a file. */
interface Controller {
  readonly practice: string;
  readonly contacts: RegisterContact[];
  readonly fileYears: number;
}

/** The whole register, from the catalogue in the code. */
export function registerView(
  { practice, contacts, fileYears }: Controller,
  madeAt: Date,
  language: Language,
): ProcessingRegister {
  const terms = retentionTerms(fileYears);
  return {
    practice,
    contacts,
    madeAt: madeAt.toISOString(),
    activities: ACTIVITY_CODES.map((code) => activityView(code, terms, language)),
    transfers: TRANSFERS[language],
    measures: MEASURES.map((measure) => measure[language]),
  };
}

function activityView(code: ActivityCode, terms: Terms, language: Language): RegisteredActivity {
  const { name, purpose, ground, people, recipients } = ACTIVITIES[code];
  const fields = FIELDS.filter(({ activity }) => activity === code);
  return {
    code,
    name: name[language],
    purpose: purpose[language],
    ground: ground[language],
    people: people[language],
    recipients: recipients[language],
    classes: FIELD_CLASSES.filter((one) => fields.some((field) => field.class === one)).map((one) => ({
      class: one,
      name: CLASS_NAMES[one][language],
    })),
    fields: fields.map((field) => fieldView(field, terms, language)),
  };
}

const fieldView = (field: Field, terms: Terms, language: Language) => ({
  table: field.table,
  column: field.column,
  class: field.class,
  kept: terms[field.kept][language],
});
