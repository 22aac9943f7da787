import { code, codes, id, ids, instant, number, type Source } from './source.js';

/** The audit log: of a client what touched their file, of a coach what they did. */
export const auditEvents: Source = {
  title: 'Auditlog',
  from: 'audit_events r',
  client: 'r.client_id',
  ofClient: (client) => `(r.client_id = ${client} or ${client} = any (r.client_ids))`,
  ofCoach: (coach) => `(r.user_id = ${coach} or r.on_behalf_of = ${coach})`,
  at: { id: 'r.id' },
  order: 'r.id',
  columns: {
    id: id('r.id'),
    at: instant('r.at'),
    event: code('r.event'),
    outcome: code('r.outcome'),
    userId: id('r.user_id'),
    roles: codes('r.roles'),
    task: code('r.task'),
    onBehalfOf: id('r.on_behalf_of'),
    clientId: id('r.client_id'),
    clientIds: ids('r.client_ids'),
    objectType: code('r.object_type'),
    objectId: id('r.object_id'),
    ground: code('r.ground'),
    rowCount: number('r.row_count'),
    address: code('r.address'),
    requestId: id('r.request_id'),
  },
};
