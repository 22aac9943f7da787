import type { DossierParts } from './dossier-parts.js';

type Schema = Readonly<Record<string, unknown>>;

const text: Schema = { type: 'string' };
const maybe = (schema: Schema): Schema => ({ anyOf: [schema, { type: 'null' }] });
const id: Schema = { type: 'string', format: 'uuid' };
const day: Schema = { type: 'string', format: 'date' };
const instant: Schema = { type: 'string', format: 'date-time' };
const whole: Schema = { type: 'integer' };
const scale: Schema = { type: 'integer', minimum: 0, maximum: 10 };
const codes: Schema = { type: 'array', items: text };
const object = (properties: Readonly<Record<string, Schema>>): Schema => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
});

const conditions = object({
  safety: maybe(scale),
  rest: maybe(scale),
  presence: maybe(scale),
  acceptance: maybe(scale),
  naturalRhythm: maybe(scale),
});

type Fields<Row> = Readonly<Record<keyof Row, Schema>>;
type Described = { readonly [Part in keyof DossierParts]: Fields<DossierParts[Part][number]> };

/** What each field of each part holds; a field that is forgotten here does not compile. */
const FIELDS: Described = {
  client: {
    id,
    name: text,
    email: maybe(text),
    phone: maybe(text),
    company: maybe(text),
    language: text,
    status: text,
    coach: maybe(text),
    createdAt: instant,
    closedAt: maybe(instant),
    question: maybe(text),
    stressKind: maybe(text),
    since: maybe(day),
    stressors: maybe(codes),
    stressSignals: maybe(codes),
    blockers: maybe(codes),
  },
  consents: {
    id,
    textVersion: whole,
    channel: text,
    givenOn: day,
    recordedAt: instant,
    withdrawnOn: maybe(day),
    withdrawalChannel: maybe(text),
  },
  sessions: {
    id,
    kind: text,
    status: text,
    mode: text,
    startsAt: instant,
    endsAt: instant,
    givenBy: maybe(text),
    priceCents: maybe(whole),
    vatPercent: maybe(whole),
    location: maybe(text),
  },
  observations: {
    sessionId: id,
    observedBy: maybe(text),
    updatedAt: instant,
    question: maybe(text),
    tensionAreas: maybe(codes),
    breath: maybe(codes),
    thoughts: maybe(text),
    conditions,
    letGo: maybe(text),
    recoverySignals: codes,
    tensionBefore: maybe(scale),
    tensionAfter: maybe(scale),
    takeHome: maybe(text),
    transitionMoments: codes,
  },
  notes: {
    id,
    sessionId: maybe(id),
    author: maybe(text),
    visibility: text,
    status: text,
    createdAt: instant,
    signedAt: maybe(instant),
    signedBy: maybe(text),
    enteredInErrorAt: maybe(instant),
    withheld: maybe(text),
    body: maybe(text),
    addenda: {
      type: 'array',
      items: object({ body: text, signedBy: maybe(text), signedAt: maybe(instant) }),
    },
  },
  assignments: {
    id,
    sessionId: maybe(id),
    exercise: text,
    status: text,
    moment: text,
    rhythm: text,
    timesPerDay: maybe(whole),
    weekdays: maybe({ type: 'array', items: { type: 'integer', minimum: 1, maximum: 7 } }),
    startOn: day,
    endOn: day,
    message: maybe(text),
  },
  logs: {
    id,
    assignmentId: id,
    doneOn: day,
    outcome: text,
    minutes: maybe(whole),
    tensionBefore: maybe(scale),
    tensionAfter: maybe(scale),
    recoverySignals: maybe(codes),
    remark: maybe(text),
  },
  checkIns: {
    id,
    on: day,
    tension: maybe(scale),
    conditions,
    stressSignals: codes,
    recoverySignals: codes,
    remark: maybe(text),
  },
  readings: { id, article: text, givenAt: instant },
};

/** A JSON Schema (2020-12) of what stands in the files of a dossier: `#/$defs/notes` is that of `notes.json`. */
export const DOSSIER_SCHEMA: Schema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'urn:ademruimte:schema:dossier:1',
  title: 'Dossier',
  $defs: Object.fromEntries(
    Object.entries(FIELDS).map(([part, fields]) => [part, { type: 'array', items: object(fields) }]),
  ),
};
