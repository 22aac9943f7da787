import { type ClassifiedTable, type ClassifiedTables, ofOperation, ofThePractice } from '../classified.js';

const ofTheLog = (columns: ClassifiedTable['columns']): ClassifiedTable => ({
  activity: 'accounting_for',
  kept: 'log',
  columns,
});

/** What the practice answers for its work with, and what keeps the machine going. */
export const ACCOUNTABILITY: ClassifiedTables = {
  audit_events: ofTheLog({
    contact: 'address',
    technical:
      'practice_id id at event outcome user_id roles task on_behalf_of client_id object_type object_id ground row_count ' +
      'request_id client_ids xid',
  }),
  audit_event_clients: ofTheLog({
    technical: 'practice_id client_id id at event user_id roles task on_behalf_of',
  }),
  audit_seals: {
    activity: 'accounting_for',
    kept: 'practice',
    columns: {
      technical: 'practice_id number last_xid last_id row_count leaves previous hash sealed_at',
    },
  },
  security_events: ofTheLog({
    contact: 'address',
    technical: 'id at event subject request_id xid',
  }),

  data_requests: {
    activity: 'rights',
    kept: 'file',
    columns: {
      special: 'kind closed_because details extension_reason refusal_ground answer',
      technical:
        'practice_id id client_id coach_id status channel consent_id received_on due_on extended_on decided_by ' +
        'decided_at erases_on file_until created_at closed_at version',
    },
  },
  exports: {
    activity: 'exporting',
    kept: 'practice',
    columns: {
      technical:
        'practice_id id requested_by records format dialect columns purpose from_on to_on client_id coach_id data_request_id handover bodies ' +
        'approvers status runs pulse_at rows_done rows_total bytes sha256 file_key failure created_at started_at ' +
        'finished_at expires_at version',
    },
  },
  export_approvals: {
    activity: 'exporting',
    kept: 'practice',
    columns: { technical: 'practice_id export_id coach_id note_count decision decided_at' },
  },
  imports: ofThePractice({
    technical:
      'practice_id id requested_by records format sha256 bytes coaches status row_count already_there problems failure ' +
      'created_at finished_at expires_at version',
  }),
  import_contents: ofOperation(
    { special: 'content', technical: 'practice_id import_id file_key' },
    'passing',
  ),

  repeated_requests: ofOperation(
    { technical: 'practice_id user_id route key fingerprint resource_id made_at' },
    'passing',
  ),
  spent_challenges: ofOperation({ technical: 'practice_id hash expires_at' }, 'passing'),
  throttles: ofOperation({ technical: 'key attempts opens_at forgotten_at' }, 'passing'),
  migrations: ofOperation({ technical: 'id timestamp name' }, 'practice'),

  'jobs.version': ofOperation({ technical: 'version maintained_on cron_on monitored_on' }, 'practice'),
  'jobs.queue': ofOperation(
    {
      technical:
        'name policy retry_limit retry_delay retry_backoff expire_seconds retention_minutes dead_letter partition_name ' +
        'created_on updated_on',
    },
    'practice',
  ),
  'jobs.schedule': ofOperation(
    { technical: 'name cron timezone data options created_on updated_on' },
    'practice',
  ),
  'jobs.subscription': ofOperation({ technical: 'event name created_on updated_on' }, 'practice'),
  ...Object.fromEntries(
    ['jobs.job', 'jobs.archive'].map((table) => [
      table,
      ofOperation(
        {
          technical:
            'id name priority data state retry_limit retry_count retry_delay retry_backoff start_after started_on ' +
            'singleton_key singleton_on expire_in created_on completed_on keep_until output dead_letter policy' +
            (table === 'jobs.archive' ? ' archived_on' : ''),
        },
        'passing',
      ),
    ]),
  ),
};
