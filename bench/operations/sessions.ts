import type { Person } from '../../src/common/actor.js';
import { idOf, LARGE, SESSIONS_PER_CLIENT } from '../data/shape.js';
import type { Bench, Handler, Operation, Statement } from './operation.js';
import { cursorOf, isoSql, positionIn } from './shared.js';

const PAGE = 25;

interface SessionRow {
  readonly id: string;
  readonly client_id: string;
  readonly coach_id: string;
  readonly given_by: string;
  readonly kind: string;
  readonly status: string;
  readonly mode: string;
  readonly starts_at: Date;
  readonly ends_at: Date;
  readonly price_cents: number | null;
  readonly vat_percent: number | null;
  readonly version: number;
}

const COLUMNS = `s.id, s.client_id, s.coach_id, s.given_by, s.kind, s.status, s.mode, s.starts_at, s.ends_at,
  s.price_cents, s.vat_percent, s.version`;

export function sessionAnswer(row: SessionRow, location?: string): object {
  return {
    id: row.id,
    clientId: row.client_id,
    coachId: row.coach_id,
    givenBy: row.given_by,
    kind: row.kind,
    status: row.status,
    mode: row.mode,
    startsAt: row.starts_at.toISOString(),
    endsAt: row.ends_at.toISOString(),
    durationMinutes: (row.ends_at.getTime() - row.starts_at.getTime()) / 60_000,
    ...(location && { location }),
    ...(row.price_cents !== null && { priceCents: row.price_cents }),
    ...(row.vat_percent !== null && { vatPercent: row.vat_percent }),
    version: row.version,
  };
}

/** The same as `sessionAnswer`, by Postgres; all of it is ids, codes and numbers, so nothing needs an escape. */
const SESSION_JSON = `concat('{"id":"', s.id, '","clientId":"', s.client_id, '","coachId":"', s.coach_id,
  '","givenBy":"', s.given_by, '","kind":"', s.kind, '","status":"', s.status, '","mode":"', s.mode,
  '","startsAt":"', ${isoSql('s.starts_at')}, '","endsAt":"', ${isoSql('s.ends_at')},
  '","durationMinutes":', (extract(epoch from s.ends_at - s.starts_at) / 60)::integer,
  ',"priceCents":' || s.price_cents, ',"vatPercent":' || s.vat_percent, ',"version":', s.version, '}')`;

/** A page of the practice's sessions for its admin, from a place on. */
function page(person: Person, cursor: string | undefined, columns: string, name: string): Statement {
  const after = cursor === undefined ? undefined : positionIn(cursor);
  const text = `select ${columns} from sessions s
     where s.practice_id = $1 ${after ? 'and (s.starts_at, s.id) < ($3, $4)' : ''}
     order by s.starts_at desc, s.id desc limit $2`;
  const place = after ? [new Date(Number(after[0])), after[1]] : [];
  return {
    name: `${name} ${after ? 'after' : 'first'}`,
    text,
    values: [person.practiceId, PAGE + 1, ...place],
  };
}

const listed = (bench: Bench, person: Person, clientIds: readonly string[]): Promise<void> =>
  bench.witness(person, { event: 'sessions.listed', clientIds, rowCount: clientIds.length });

/** The rows come out of the database as columns, and JavaScript makes objects and then JSON of them. */
const listInJavaScript: Handler = async (bench, { person, query }) => {
  const [rows] = (await bench.read(person, [page(person, query['cursor'], COLUMNS, 'list')])) as [
    SessionRow[],
  ];
  const shown = rows.slice(0, PAGE);
  await listed(
    bench,
    person,
    shown.map((row) => row.client_id),
  );
  const last = shown.at(-1);
  const next = rows.length > PAGE && last && cursorOf(String(last.starts_at.getTime()), last.id);
  return { body: { items: shown.map((row) => sessionAnswer(row)), ...(next && { next }) } };
};

/** Postgres makes the JSON of the rows, and nobody parses it again. */
const listInPostgres: Handler = async (bench, { person, query }) => {
  const { name, text, values } = page(person, query['cursor'], 's.*', 'list json');
  const whole = `select string_agg(${SESSION_JSON}, E'\\n') as items, (array_agg(s.id))[${PAGE}] as last_id,
                        (array_agg(s.starts_at))[${PAGE}] as last_at,
                        (array_agg(s.client_id))[:${PAGE}] as client_ids from (${text}) s`;
  const [[row]] = (await bench.read(person, [{ name, text: whole, values }])) as [
    [{ items: string | null; last_id: string; last_at: Date; client_ids: string[] | null }],
  ];
  const items = row.items?.split('\n') ?? [];
  const shown = items.slice(0, PAGE);
  await listed(bench, person, row.client_ids ?? []);
  const next = items.length > PAGE ? `,"next":"${cursorOf(String(row.last_at.getTime()), row.last_id)}"` : '';
  return { body: `{"items":[${shown.join(',')}]${next}}` };
};

const list = {
  as: 'admin',
  method: 'GET',
  route: '/v1/sessions',
  tellsTheSame: true,
  bound: listInPostgres,
  variants: { javascript: listInJavaScript },
  wanted: { ofVariant: { javascript: 1.5 } },
} as const;

export const sessionsList: Operation = {
  ...list,
  name: 'sessions-list',
  title: 'sessions, newest first',
  request: () => ({ method: 'GET', path: '/v1/sessions' }),
};

export const sessionsDeep: Operation = {
  ...list,
  name: 'sessions-deep',
  title: 'the page at nine tenths of them',
  request: (_, { deepCursors }, n) => ({
    method: 'GET',
    path: `/v1/sessions?cursor=${deepCursors[n % deepCursors.length]!}`,
  }),
};

interface ReadSession extends SessionRow {
  readonly location: Buffer | null;
  readonly location_version: number | null;
  readonly wrapped: Buffer | null;
  readonly reason_id: string | null;
  readonly change: string | null;
  readonly reason: Buffer | null;
  readonly given_at: Date | null;
}

/** One session as its coach reads it: where it is and why it changed are opened. */
export const oneSession: Operation = {
  name: 'session',
  title: 'one session of a client',
  as: 'coach',
  method: 'GET',
  route: '/v1/sessions/:id',
  tellsTheSame: true,
  wanted: { ofBound: 0.9 },
  request: ({ number }, { shape }, n) => ({
    method: 'GET',
    path: `/v1/sessions/${idOf('session', LARGE, (n % SESSIONS_PER_CLIENT) * shape.clients + fileOf(number, shape.coaches, n))}`,
  }),

  async bound(bench, { person, params }) {
    const values = [person.practiceId, person.userId, params['id']];
    const [[row]] = (await bench.read(person, [{ name: 'session', text: SESSION, values }])) as [
      ReadSession[],
    ];
    if (!row) return { status: 404, body: {} };
    const { id, client_id, location, reason } = row;
    const file = row.wrapped && bench.installationKey.unwrap(person.practiceId, client_id, row.wrapped);
    const place = { column: 'session_details.location', row: id, version: row.location_version! };
    await bench.witness(person, {
      event: 'session.read',
      clientId: client_id,
      objectType: 'session',
      objectId: id,
    });
    const why = { column: 'session_reasons.reason', row: row.reason_id!, version: 1 };
    const answer = sessionAnswer(row, location && file ? file.open(place, location) : undefined);
    if (!reason) return { body: answer };
    const told = { change: row.change, text: file!.open(why, reason), givenAt: row.given_at!.toISOString() };
    return { body: { ...answer, reason: told } };
  },
};

const SESSION = `
  select ${COLUMNS}, d.location, d.version as location_version, k.wrapped, r.id as reason_id, r.change, r.reason, r.given_at
    from sessions s
    left join session_details d on d.practice_id = s.practice_id and d.session_id = s.id
    left join lateral (select * from session_reasons r where r.practice_id = s.practice_id and r.session_id = s.id
                        order by r.id desc limit 1) r on true
    left join client_keys k on k.practice_id = s.practice_id and k.client_id = s.client_id
                           and (d.location is not null or r.id is not null)
   where s.practice_id = $1 and s.coach_id = $2 and s.id = $3`;

/** The number of one of this coach's files. */
export const fileOf = (coach: number, coaches: number, n: number): number =>
  coach + coaches * (1 + ((n * 7) % 96));
