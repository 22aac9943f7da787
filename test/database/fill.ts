import { createHash } from 'node:crypto';
import type { Client } from 'pg';
import { escapeIdentifier } from 'pg';
import type { Person } from '../../src/common/actor.js';
import { PURPOSES } from '../../src/users/one-time-token.entity.js';
import { newId } from '../../src/common/id.js';
import { columnsOf, tables } from './tables.js';

type Values = Record<string, unknown>;

/** A practice of which every table holds rows, and the people whose they are. */
export interface FilledPractice {
  readonly id: string;
  readonly coach: Person;
  readonly otherCoach: Person;
  readonly admin: Person;
  readonly client: Person;
  readonly otherClient: Person;
}

interface Place {
  readonly practice: FilledPractice;
  readonly coachId: string;
  readonly clientId: string;
}

/** The same name is the same id, so that rows find each other without asking. */
export const idOf = (name: string): string =>
  createHash('sha256')
    .update(name)
    .digest('hex')
    .replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-7$3-8$4-$5');

/** Rows that differ in what decides who may see them; `{}` where a table has one kind of row only. */
const KINDS: Readonly<Record<string, (place: Place) => Values[]>> = {
  notes: () => [
    { visibility: 'private' },
    { visibility: 'shared' },
    { visibility: 'private', ...SIGNED },
    { visibility: 'shared', ...SIGNED },
    { author_id: idOf('a coach who left'), ...SIGNED },
    { author_id: idOf('a coach who left') },
  ],
  note_bodies: ({ coachId, clientId }) => [
    { coach_reader_id: coachId },
    { coach_reader_id: coachId, client_reader_id: clientId },
    { coach_reader_id: idOf('a coach who left'), written_by: idOf('a coach who left') },
    { written_by: idOf('a coach who left') },
  ],
  note_addenda: ({ coachId, clientId }) => [
    { coach_reader_id: coachId, signed_by: coachId },
    { coach_reader_id: coachId, client_reader_id: clientId, signed_by: coachId },
    { coach_reader_id: idOf('a coach who left'), signed_by: idOf('a coach who left') },
    { signed_by: idOf('a coach who left') },
  ],
  note_errors: ({ coachId }) => [
    { note_id: idOf(`mistake of ${coachId} ${Math.random()}`), coach_reader_id: coachId },
    { note_id: idOf(`mistake of another ${Math.random()}`) },
  ],
  note_templates: () => [{ kind: 'intake' }],
  note_shares: () => [{}, { first_read_at: NOW, first_read_by: idOf('who read') }],
  logs: () => [{ sharing: 'private' }, { sharing: 'numbers' }, { sharing: 'all' }],
  log_details: () => [{ sharing: 'private' }, { sharing: 'numbers' }, { sharing: 'all' }],
  log_remarks: () => [{ sharing: 'private' }, { sharing: 'numbers' }, { sharing: 'all' }],
  check_ins: () => ['private', 'numbers', 'all'].map((sharing, i) => ({ sharing, day: `2026-03-0${i + 1}` })),
  check_in_remarks: () => [{ sharing: 'private' }, { sharing: 'numbers' }, { sharing: 'all' }],
  practice_words: () => [{ vocabulary: 'stress_signals' }],
  exercises: () => [{ status: 'draft' }, { status: 'published', published_version: 1 }],
  exercise_versions: () => [{}, { published_at: NOW }],
  articles: () => [
    { status: 'draft' },
    { status: 'published', published_version: 1 },
    { status: 'retired', published_version: 1 },
  ],
  intake_requests: () => [
    { status: 'new', request: Buffer.from('sealed') },
    { status: 'refused', closed_at: NOW, closed_by: idOf('who refused') },
  ],
  article_versions: () => [{}, { published_at: NOW }],
  one_time_tokens: ({ practice: { admin } }) =>
    PURPOSES.map((purpose) => ({
      purpose,
      user_id: admin.userId,
      ...(purpose === 'mail_sign_in' && { browser: Buffer.from(purpose) }),
      ...(purpose.startsWith('address') && { address_change_id: idOf('a change of address') }),
    })),
  address_changes: () => [{ old_email: 'oud@x.example', new_email: 'nieuw@x.example' }],
  exports: ({ coachId, clientId }) => [{}, { approvers: [coachId] }, { client_id: clientId }],
  export_approvals: ({ practice: { admin, coach } }) => [
    { coach_id: coach.userId, decision: null, decided_at: null },
    { coach_id: coach.userId, decision: 'approved', decided_at: NOW },
    { coach_id: admin.userId, decision: 'approved', decided_at: NOW },
  ],
  audit_events: ({ practice: { admin, client, otherClient } }) => [
    { user_id: admin.userId },
    { user_id: admin.userId, client_id: client.clientId },
    { user_id: admin.userId, client_id: otherClient.clientId },
  ],
  audit_event_clients: ({ practice: { admin, client, otherClient } }) => [
    { user_id: admin.userId, client_id: client.clientId },
    { user_id: admin.userId, client_id: otherClient.clientId },
  ],
};

/** What a column holds where its type and its checks do not say it. */
const HELD: Readonly<Record<string, (serial: number) => unknown>> = {
  'practices.slug': (serial) => `praktijk-${serial}`,
  'articles.slug': (serial) => `artikel-${serial}`,
  'sessions.starts_at': (serial) => new Date(Date.UTC(2026, 0, serial, 9)),
  'sessions.occupied_from': (serial) => new Date(Date.UTC(2026, 0, serial, 9)),
  'sessions.ends_at': (serial) => new Date(Date.UTC(2026, 0, serial, 10)),
  'sessions.occupied_until': (serial) => new Date(Date.UTC(2026, 0, serial, 10)),
  'throttles.key': (serial) => Buffer.alloc(32, serial),
  'reminder_days.unsubscribe_hash': (serial) => Buffer.alloc(32, serial),
  'assignments.rhythm': () => 'free',
  'exercise_media.content_type': () => 'audio/mpeg',
  'exercise_set_items.rhythm': () => 'free',
  'script_keys.scopes': () => ['exports:read'],
  // Their months are read off their ids.
  'audit_events.id': () => newId(NOW),
  'audit_event_clients.id': () => newId(NOW),
  'security_events.id': () => newId(NOW),
  'audit_seals.leaves': () => Buffer.alloc(32),
  'data_requests.due_on': () => '2026-04-02',
  'exports.dialect': () => 'rfc4180',
  'exports.format': () => 'csv',
};

/** Columns that name the coach who did it. */
const BY_COACH = ['author_id', 'written_by', 'given_by', 'assigned_by', 'observed_by', 'shared_by'];

const NOW = new Date('2026-03-02T09:00:00Z');
const SIGNED = { status: 'signed', signed_at: NOW, signed_by: idOf('who signed') };

/**
 * Fills every table of two practices, as the superuser and with foreign keys and triggers at rest: a table that
 * a later migration adds is filled by its columns and checks. Each practice has two files of its coach, whose
 * clients sign in, and one of its other coach.
 */
export async function fill(superuser: Client): Promise<[FilledPractice, FilledPractice]> {
  const practices = [practiceNamed('here'), practiceNamed('elsewhere')] as const;
  await superuser.query('set session_replication_role = replica');
  let serial = 0;
  for (const table of await tables(superuser)) {
    const columns = await columnsOf(superuser, table);
    const has = (name: string): boolean => columns.some((column) => column.name === name);
    for (const practice of practices) {
      for (const values of rowsOf(table, practice, has)) {
        serial += 1;
        const row = Object.fromEntries(
          columns.map((column) => [
            column.name,
            column.name in values
              ? values[column.name]
              : `${table}.${column.name}` in HELD
                ? HELD[`${table}.${column.name}`]!(serial)
                : column.isNullable
                  ? null
                  : (column.allowed ?? byType(column.type, serial)),
          ]),
        );
        await insert(superuser, table, row);
      }
    }
  }
  await superuser.query('reset session_replication_role');
  return [...practices];
}

function practiceNamed(name: string): FilledPractice {
  const id = idOf(name);
  const person = (who: string, role: 'coach' | 'admin' | 'client'): Person => ({
    practiceId: id,
    userId: idOf(`${name} ${who}`),
    loginId: idOf(`${name} ${who} login`),
    roles: [role],
    ...(role === 'client' && { clientId: idOf(`${name} ${who} file`) }),
    origin: { requestId: idOf(`${name} ${who} request`) },
  });
  return {
    id,
    coach: person('coach', 'coach'),
    otherCoach: person('other coach', 'coach'),
    admin: person('admin', 'admin'),
    client: person('client', 'client'),
    otherClient: person('other client', 'client'),
  };
}

/** What is particular about each row of a table in one practice. */
function rowsOf(table: string, practice: FilledPractice, has: (column: string) => boolean): Values[] {
  const { id, coach, otherCoach, admin, client, otherClient } = practice;
  const people = [coach, otherCoach, admin, client, otherClient];
  const files = [
    { clientId: client.clientId!, coachId: coach.userId, userId: client.userId },
    { clientId: otherClient.clientId!, coachId: coach.userId, userId: otherClient.userId },
    { clientId: idOf(`${id} file of the other coach`), coachId: otherCoach.userId, userId: null },
  ];
  const own = { practice_id: id };
  if (table === 'practices') return [{ id }];
  if (table === 'users') {
    return people.map(({ userId, roles }) => ({ ...own, id: userId, roles, email: `${userId}@x.example` }));
  }
  if (table === 'logins')
    return people.map(({ userId, loginId }) => ({ ...own, id: loginId, user_id: userId }));
  if (table === 'clients') {
    return files.map((file) => ({ ...own, id: file.clientId, coach_id: file.coachId, user_id: file.userId }));
  }
  const kinds = KINDS[table] ?? (() => [{}]);
  if (has('client_id') && has('coach_id') && table !== 'exports') {
    return files.flatMap(({ clientId, coachId }) => {
      const byCoach = Object.fromEntries(BY_COACH.map((column) => [column, coachId]));
      const file = { ...own, ...byCoach, client_id: clientId, coach_id: coachId };
      return kinds({ practice, clientId, coachId }).map((kind) => ({ ...file, ...kind }));
    });
  }
  if (has('user_id') && !KINDS[table]) return people.map(({ userId }) => ({ ...own, user_id: userId }));
  const { clientId, coachId } = files[0]!;
  return kinds({ practice, clientId, coachId }).map((kind) => ({ ...own, ...kind }));
}

function byType(type: string, serial: number): unknown {
  if (type.endsWith('[]')) return [];
  if (type === 'uuid') return idOf(`row ${serial} ${Math.random()}`);
  if (type === 'bytea') return Buffer.from(idOf(`bytes ${serial}`));
  if (type === 'boolean') return false;
  if (type.startsWith('timestamp') || type === 'date') return NOW;
  if (type === 'text') return `text ${serial}`;
  return 1;
}

async function insert(superuser: Client, table: string, row: Values): Promise<void> {
  const names = Object.keys(row);
  const places = names.map((_, i) => `$${i + 1}`).join(', ');
  await superuser
    .query(
      `insert into ${escapeIdentifier(table)} (${names.map(escapeIdentifier).join(', ')}) values (${places})`,
      Object.values(row),
    )
    .catch((error: unknown) => {
      throw new Error(`Say in fill.ts what a row of ${table} holds: ${(error as Error).message}`);
    });
}
