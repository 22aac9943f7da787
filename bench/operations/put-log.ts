import { auditRow, INSERT_AUDIT_ROWS } from '../../src/audit/audit-row.js';
import { dayIn } from '../../src/common/day.js';
import { newId } from '../../src/common/id.js';
import { remarkOf } from '../../src/homework/logs/log.queries.js';
import { idOf, LARGE } from '../data/shape.js';
import { keyOf, LOGS_JSON, logTables } from './shared.js';
import type { Operation } from './operation.js';

interface Input {
  readonly doneOn: string;
  readonly outcome: string;
  readonly minutes?: number;
  readonly tensionBefore?: number;
  readonly tensionAfter?: number;
  readonly recoverySignals?: string[];
  readonly remark?: string;
  readonly sharing?: string;
}

type Found = [
  [{ consent_id: string | null; status: string }?],
  [{ coach_id: string; start_on: string; end_on: string }?],
  [{ wrapped: Buffer }],
  [unknown?],
  [{ sharing: string }?],
  [{ time_zone: string }],
];

/** A client keeps how an exercise went today, with a remark. */
export const putLog: Operation = {
  name: 'put-log',
  title: 'put a log',
  as: 'client',
  method: 'PUT',
  route: '/v1/me/assignments/:id/logs/:logId',
  tellsTheSame: false,
  request: ({ number }, _, n) => ({
    method: 'PUT',
    path: `/v1/me/assignments/${idOf('assignment', LARGE, number * 16 + 2 + (n % 3))}/logs/${newId(new Date())}`,
    body: {
      doneOn: dayIn('Europe/Amsterdam', new Date()),
      outcome: 'done',
      minutes: 5,
      tensionBefore: 7,
      tensionAfter: 4,
      recoverySignals: ['yawning'],
      remark: 'Halverwege moest ik gapen.',
    },
  }),
  body: {
    type: 'object',
    additionalProperties: false,
    required: ['doneOn', 'outcome'],
    properties: {
      doneOn: { type: 'string', format: 'date' },
      outcome: { enum: ['done', 'partly', 'skipped'] },
      minutes: { type: 'integer', minimum: 0, maximum: 1440 },
      tensionBefore: { type: 'integer', minimum: 0, maximum: 10 },
      tensionAfter: { type: 'integer', minimum: 0, maximum: 10 },
      recoverySignals: { type: 'array', uniqueItems: true, maxItems: 7, items: { type: 'string', maxLength: 40 } },
      remark: { type: 'string', minLength: 1, maxLength: 4000 },
      sharing: { enum: ['private', 'numbers', 'all'] },
    },
  },

  async bound(bench, { person, params, body }) {
    const input = body as Input;
    const { practiceId } = person;
    const clientId = person.clientId!;
    const assignmentId = params['id']!;
    const id = params['logId']!;
    const now = new Date();
    const { doneOn, outcome, minutes = null, tensionBefore = null, tensionAfter = null, remark } = input;
    const { recoverySignals = [] } = input;
    let sharing = input.sharing;
    await bench.change(
      person,
      [
        { name: 'own', text: OWN, values: [practiceId, clientId] },
        { name: 'assignment', text: ASSIGNMENT, values: [practiceId, clientId, assignmentId] },
        keyOf(person, clientId),
        { name: 'log', text: LOG, values: [practiceId, clientId, id] },
        { name: 'sharing', text: SHARING, values: [practiceId, clientId] },
        { name: 'zone', text: ZONE, values: [practiceId] },
      ],
      (found) => {
        const [[client], [assignment], [key], [stands], [last], [practice]] = found as unknown as Found;
        if (!client || !assignment || stands) throw new Error('not a new log');
        if (!client.consent_id || client.status === 'closed') throw new Error('not to be written');
        const today = dayIn(practice.time_zone, now);
        if (doneOn > today || doneOn < assignment.start_on || doneOn > assignment.end_on) throw new Error('not then');
        sharing ??= last?.sharing ?? 'numbers';
        const whose = [practiceId, clientId, id, assignment.coach_id];
        const file = bench.installationKey.unwrap(practiceId, clientId, key.wrapped);
        const event = { event: 'log.written', clientId, objectType: 'log', objectId: id };
        const details = [sharing, minutes, tensionBefore, tensionAfter, recoverySignals];
        return [
          { name: 'write', text: WRITE, values: [...whose, assignmentId, doneOn, outcome, sharing, now] },
          { name: 'details', text: DETAILS, values: [...whose, ...details] },
          ...(remark
            ? [{ name: 'remark', text: REMARK, values: [...whose, sharing, file.seal(remarkOf(id, 1), remark)] }]
            : []),
          { name: 'audit', text: INSERT_AUDIT_ROWS, values: [JSON.stringify([auditRow(person, event, now)])] },
        ];
      },
    );
    const told = { minutes, tensionBefore, tensionAfter, recoverySignals, remark, sharing };
    return {
      status: 201,
      body: { id, assignmentId, doneOn, outcome, version: 1, ...told, loggedAt: now.toISOString() },
    };
  },
}; // prettier-ignore

const OWN = 'select * from clients where practice_id = $1 and id = $2 for update';
const ASSIGNMENT = `select coach_id, status, start_on::text, end_on::text from assignments
  where practice_id = $1 and client_id = $2 and id = $3`;
const LOG = `select ${LOGS_JSON} as log from ${logTables} where l.practice_id = $1 and l.client_id = $2 and l.id = $3`;
const SHARING = `select sharing from logs where practice_id = $1 and client_id = $2 order by logged_at desc, id desc limit 1`;
const ZONE = 'select time_zone from practices where id = $1';
const WRITE = `insert into logs (practice_id, client_id, id, coach_id, assignment_id, done_on, outcome, sharing, logged_at, version)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1)`;
const DETAILS = `insert into log_details (practice_id, client_id, log_id, coach_id, sharing, minutes, tension_before,
    tension_after, recovery_signals)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`;
const REMARK = `insert into log_remarks (practice_id, client_id, log_id, coach_id, sharing, remark, version)
  values ($1, $2, $3, $4, $5, $6, 1)`;
