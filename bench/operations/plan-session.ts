import { createHmac, randomUUID } from 'node:crypto';
import { newId } from '../../src/common/id.js';
import { auditRow, INSERT_AUDIT_ROWS } from '../../src/audit/audit-row.js';
import { idOf, LARGE } from '../data/shape.js';
import { fileOf, sessionAnswer } from './sessions.js';
import type { Operation } from './operation.js';

/** Where the calendars of the data set have long ended. */
const FREE_FROM = Date.UTC(2040, 0, 1);
const HALF_HOUR = 1_800_000;

interface Input {
  readonly clientId: string;
  readonly kind: string;
  readonly startsAt: string;
  readonly durationMinutes: number;
  readonly mode: string;
  readonly priceCents?: number;
  readonly vatPercent?: number;
}

type Found = [[{ claimed: boolean }], [unknown?], [{ status: string }?]];

/** A coach plans a session, with a key under which it may be sent twice. */
export const planSession: Operation = {
  name: 'plan-session',
  title: 'plan a session',
  as: 'coach',
  method: 'POST',
  route: '/v1/sessions',
  tellsTheSame: false,
  wanted: { ofBound: 0.9 },
  request: ({ number }, { shape }, n) => ({
    method: 'POST',
    path: '/v1/sessions',
    headers: { 'idempotency-key': randomUUID() },
    body: {
      clientId: idOf('client', LARGE, fileOf(number, shape.coaches, n)),
      kind: 'energizing',
      // Each coach has a calendar of their own, so that a later number is later there too.
      startsAt: new Date(FREE_FROM + Math.floor(n / shape.coaches) * HALF_HOUR).toISOString(),
      durationMinutes: 30,
      mode: 'video',
      priceCents: 9500,
      vatPercent: 21,
    },
  }),
  body: {
    type: 'object',
    additionalProperties: false,
    required: ['clientId', 'kind', 'startsAt', 'durationMinutes', 'mode'],
    properties: {
      clientId: { type: 'string', format: 'uuid' },
      kind: { enum: ['intake', 'energizing', 'follow_up', 'evaluation'] },
      startsAt: { type: 'string', format: 'date-time', maxLength: 40 },
      durationMinutes: { type: 'integer', minimum: 5, maximum: 480 },
      mode: { enum: ['in_person', 'video', 'phone'] },
      location: { type: 'string', minLength: 1, maxLength: 300 },
      priceCents: { type: 'integer', minimum: 0, maximum: 10_000_000 },
      vatPercent: { type: 'integer', minimum: 0, maximum: 100 },
    },
  },

  async bound(bench, { person, body, headers, url }) {
    const input = body as Input;
    const now = new Date();
    const { practiceId, userId } = person;
    const key = headers['idempotency-key']!;
    const route = `POST ${url}`;
    const fingerprint = createHmac('sha256', bench.settings.fingerprintKey)
      .update(JSON.stringify(input))
      .digest();
    const startsAt = new Date(input.startsAt);
    const row = {
      id: newId(now),
      client_id: input.clientId,
      coach_id: userId,
      given_by: userId,
      kind: input.kind,
      status: 'planned',
      mode: input.mode,
      starts_at: startsAt,
      ends_at: new Date(startsAt.getTime() + input.durationMinutes * 60_000),
      price_cents: input.priceCents ?? null,
      vat_percent: input.vatPercent ?? null,
      version: 1,
    };
    const event = {
      event: 'session.planned',
      clientId: input.clientId,
      objectType: 'session',
      objectId: row.id,
    };
    await bench.change(
      person,
      [
        { name: 'claim', text: CLAIM, values: [[practiceId, userId, route, key].join(' ')] },
        { name: 'earlier', text: EARLIER, values: [practiceId, userId, route, key, new Date(+now - 86_400_000)] },
        { name: 'client', text: CLIENT, values: [practiceId, userId, input.clientId] },
        { name: 'turn', text: TURN, values: [`calendar ${practiceId} ${userId}`] },
      ],
      (found) => {
        const [[claim], [earlier], [client]] = found as unknown as Found;
        if (!claim.claimed || earlier || client?.status === 'closed') throw new Error('not a new session');
        if (!client) throw new Error('no such client');
        const { id, client_id, kind, mode, starts_at, ends_at, price_cents, vat_percent } = row;
        return [
          {
            name: 'plan',
            text: PLAN,
            values: [practiceId, id, client_id, userId, kind, mode, starts_at, ends_at, price_cents, vat_percent, now],
          },
          { name: 'audit', text: INSERT_AUDIT_ROWS, values: [JSON.stringify([auditRow(person, event, now)])] },
          { name: 'keep', text: KEEP, values: [practiceId, userId, route, key, fingerprint, id, now] },
        ];
      },
    );
    return { status: 201, body: sessionAnswer(row) };
  },
}; // prettier-ignore

const CLAIM = 'select pg_try_advisory_xact_lock(hashtextextended($1, 0)) as claimed';
const EARLIER = `select resource_id, fingerprint from repeated_requests
  where practice_id = $1 and user_id = $2 and route = $3 and key = $4 and made_at > $5`;
const CLIENT = 'select * from clients where practice_id = $1 and coach_id = $2 and id = $3 for update';
const TURN = 'select pg_advisory_xact_lock(hashtextextended($1, 0))';
const PLAN = `insert into sessions (practice_id, id, client_id, coach_id, given_by, kind, status, mode, starts_at, ends_at,
    occupied_from, occupied_until, price_cents, vat_percent, created_at, version)
  values ($1, $2, $3, $4, $4, $5, 'planned', $6, $7, $8, $7, $8, $9, $10, $11, 1)`;
const KEEP = `insert into repeated_requests (practice_id, user_id, route, key, fingerprint, resource_id, made_at)
  values ($1, $2, $3, $4, $5, $6, $7)
  on conflict on constraint repeated_requests_pkey do update
     set fingerprint = excluded.fingerprint, resource_id = excluded.resource_id, made_at = excluded.made_at`;
