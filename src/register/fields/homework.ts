import { type ClassifiedTables, ofFile } from '../classified.js';

/** What a client does between sessions, and tells of it. */
export const HOMEWORK: ClassifiedTables = {
  assignments: ofFile({
    special: 'status moment rhythm times_per_day weekdays start_on end_on',
    technical:
      'practice_id id client_id coach_id exercise_id exercise_version session_id given_together assigned_by created_at ' +
      'ended_at version',
  }),
  assignment_messages: ofFile({
    special: 'message',
    technical: 'practice_id assignment_id client_id coach_id version',
  }),
  assignment_pauses: ofFile({
    special: 'paused_at resumed_at',
    technical: 'practice_id id assignment_id client_id coach_id',
  }),
  logs: ofFile({
    special: 'done_on outcome',
    technical: 'practice_id client_id id coach_id assignment_id sharing logged_at version',
  }),
  log_details: ofFile({
    special: 'minutes tension_before tension_after recovery_signals',
    technical: 'practice_id client_id log_id coach_id sharing',
  }),
  log_remarks: ofFile({
    special: 'remark',
    technical: 'practice_id client_id log_id coach_id sharing version',
  }),
  log_corrections: ofFile({
    special: 'stood',
    technical: 'practice_id client_id log_id version coach_id corrected_at',
  }),
  check_ins: ofFile({
    special: 'day tension safety rest presence acceptance natural_rhythm stress_signals recovery_signals',
    technical: 'practice_id client_id id coach_id sharing checked_at version',
  }),
  check_in_remarks: ofFile({
    special: 'remark',
    technical: 'practice_id client_id check_in_id coach_id sharing version',
  }),
  check_in_corrections: ofFile({
    special: 'stood',
    technical: 'practice_id client_id check_in_id version coach_id corrected_at',
  }),
  readings: ofFile({
    special: 'article_id',
    technical: 'practice_id id client_id coach_id assigned_by created_at',
  }),
  reminder_settings: {
    activity: 'mailing',
    kept: 'file',
    columns: {
      contact: 'is_on weekdays minutes quiet_from quiet_until most_per_week',
      technical: 'practice_id client_id coach_id changed_at version',
    },
  },
  reminder_days: {
    activity: 'mailing',
    kept: 'short',
    columns: {
      contact: 'on_day',
      technical: 'practice_id client_id coach_id unsubscribe_hash claimed_at sent_at',
    },
  },
};
