import { escapeLiteral } from 'pg';
import { addDays, startOfDay } from '../common/day.js';
import type { ExportFormat } from './export-format.js';

export const RECORD_KINDS = ['clients', 'sessions', 'assignments', 'logs'] as const;
export type RecordKind = (typeof RECORD_KINDS)[number];

/** Which rows of which records are copied. */
export interface Selection {
  readonly practiceId: string;
  readonly records: RecordKind;
  readonly format: ExportFormat;
  readonly fromOn: string | null;
  readonly toOn: string | null;
  readonly clientId: string | null;
  readonly coachId: string | null;
}

/** One column as SQL: a spreadsheet and a program want some of them said differently. */
type Column = Readonly<Record<ExportFormat, string>>;

interface Source {
  readonly from: string;
  /** Whose file a row is of. */
  readonly clientId: string;
  /** What a period is about: an instant, or a day of itself. */
  readonly at: { readonly instant: string } | { readonly day: string };
  /** Along an index. */
  readonly order: string;
  readonly columns: Readonly<Record<string, Column>>;
}

const plain = (sql: string): Column => ({ csv: sql, json: sql });
const text = (sql: string): Column => ({ csv: `spreadsheet_safe(${sql})`, json: sql });
const flag = (sql: string): Column => ({ csv: `(${sql})::text`, json: sql });
const numbers = (sql: string): Column => ({ csv: `array_to_string(${sql}, ' ')`, json: sql });
const day = (sql: string): Column => plain(`to_char(${sql}, 'YYYY-MM-DD')`);
const instant = (sql: string): Column =>
  plain(`to_char(${sql} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`);

/** What leaves of each kind of record: no more than an admin may see of it, for an export is an admin's. */
const SOURCES: Readonly<Record<RecordKind, Source>> = {
  clients: {
    from: 'clients r',
    clientId: 'r.id',
    at: { instant: 'r.created_at' },
    order: 'r.sort_name, r.id',
    columns: {
      id: plain('r.id'),
      coachId: plain('r.coach_id'),
      name: text('r.name'),
      email: text('r.email'),
      phone: text('r.phone'),
      company: text('r.company'),
      language: text('r.language'),
      status: text('r.status'),
      hasConsent: flag('r.consent_id is not null'),
      hasAccount: flag('r.user_id is not null'),
      createdAt: instant('r.created_at'),
      invitedAt: instant('r.invited_at'),
      closedAt: instant('r.closed_at'),
    },
  },
  sessions: {
    from: 'sessions r',
    clientId: 'r.client_id',
    at: { instant: 'r.starts_at' },
    order: 'r.starts_at, r.id',
    columns: {
      id: plain('r.id'),
      clientId: plain('r.client_id'),
      coachId: plain('r.coach_id'),
      givenBy: plain('r.given_by'),
      kind: text('r.kind'),
      status: text('r.status'),
      mode: text('r.mode'),
      startsAt: instant('r.starts_at'),
      endsAt: instant('r.ends_at'),
      durationMinutes: plain('(extract(epoch from r.ends_at - r.starts_at) / 60)::integer'),
      priceCents: plain('r.price_cents'),
      vatPercent: plain('r.vat_percent'),
    },
  },
  assignments: {
    from: `assignments r join exercise_versions e
             on e.practice_id = r.practice_id and e.exercise_id = r.exercise_id and e.version = r.exercise_version`,
    clientId: 'r.client_id',
    at: { day: 'r.start_on' },
    order: 'r.id',
    columns: {
      id: plain('r.id'),
      clientId: plain('r.client_id'),
      exerciseId: plain('r.exercise_id'),
      exerciseTitle: text('e.title_nl'),
      moment: text('r.moment'),
      rhythm: text('r.rhythm'),
      timesPerDay: plain('r.times_per_day'),
      weekdays: numbers('r.weekdays'),
      startOn: day('r.start_on'),
      endOn: day('r.end_on'),
      status: text('r.status'),
    },
  },
  logs: {
    from: 'logs r',
    clientId: 'r.client_id',
    at: { day: 'r.done_on' },
    order: 'r.client_id, r.done_on, r.id',
    columns: {
      doneOn: day('r.done_on'),
      assignmentId: plain('r.assignment_id'),
      outcome: text('r.outcome'),
    },
  },
};

/** The statement that copies them out: CSV as Postgres writes it, or one JSON object a line. */
export function copyStatement(selection: Selection, timeZone: string): string {
  const { columns, order } = SOURCES[selection.records];
  const shown = Object.entries(columns).map(([name, column]) => `${column[selection.format]} as "${name}"`);
  const rows = `select ${shown.join(', ')} ${rowsOf(selection, timeZone)} order by ${order}`;
  return selection.format === 'csv'
    ? `copy (${rows}) to stdout with (format csv, header)`
    : // JSON holds neither of these two characters, so that nothing in it is ever quoted.
      `copy (select row_to_json(o) from (${rows}) o) to stdout with (format csv, quote E'\\x01', delimiter E'\\x02')`;
}

/** The statement that counts them. */
export function countStatement(selection: Selection, timeZone: string): string {
  return `select count(*)::integer as rows ${rowsOf(selection, timeZone)}`;
}

/** `copy` takes no parameters, so what was asked for stands in it as escaped literals. */
function rowsOf(
  { practiceId, records, clientId, coachId, fromOn, toOn }: Selection,
  timeZone: string,
): string {
  const source = SOURCES[records];
  const { at } = source;
  const first = (on: string): string =>
    'day' in at
      ? `${at.day} >= ${escapeLiteral(on)}::date`
      : `${at.instant} >= ${literalInstant(startOfDay(on, timeZone))}`;
  const last = (on: string): string =>
    'day' in at
      ? `${at.day} <= ${escapeLiteral(on)}::date`
      : `${at.instant} < ${literalInstant(startOfDay(addDays(on, 1), timeZone))}`;
  const conditions = [
    `r.practice_id = ${escapeLiteral(practiceId)}::uuid`,
    clientId && `${source.clientId} = ${escapeLiteral(clientId)}::uuid`,
    coachId && `r.coach_id = ${escapeLiteral(coachId)}::uuid`,
    fromOn && first(fromOn),
    toOn && last(toOn),
  ].filter(Boolean);
  return `from ${source.from} where ${conditions.join(' and ')}`;
}

const literalInstant = (at: Date): string => `${escapeLiteral(at.toISOString())}::timestamptz`;
