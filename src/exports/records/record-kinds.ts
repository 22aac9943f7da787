import { assignments } from './assignments.js';
import { auditEvents } from './audit-events.js';
import { checkIns } from './check-ins.js';
import { clients } from './clients.js';
import { dossier } from './dossier.js';
import { logs } from './logs.js';
import { notes } from './notes.js';
import { sessions } from './sessions.js';
import type { Column, Source } from './source.js';

/**
 * Every kind of record that can be exported. Another kind is one file with its `Source`, one line here, and a policy
 * `export_sees` on its tables.
 */
const SOURCES = {
  clients,
  sessions,
  notes,
  assignments,
  logs,
  check_ins: checkIns,
  audit_events: auditEvents,
} satisfies Readonly<Record<string, Source>>;

/** A kind of record that leaves as rows. */
export type RowKind = keyof typeof SOURCES;
export const ROW_KINDS = Object.keys(SOURCES) as RowKind[];

/** The same, and one client's whole file. */
export type RecordKind = RowKind | 'dossier';
export const RECORD_KINDS: readonly RecordKind[] = [...ROW_KINDS, 'dossier'];

export const sourceOf = (records: RecordKind): Source => (records === 'dossier' ? dossier : SOURCES[records]);

/** The columns of a kind, by name, in the order in which a file has them unless others are chosen. */
export const columnsOf = (records: RecordKind): Readonly<Record<string, Column>> => sourceOf(records).columns;
