import { type ClassifiedTables, ofFile } from '../classified.js';

/** A client's file: who it is of, and what coach and client write in it. */
export const FILES: ClassifiedTables = {
  clients: ofFile({
    identity: 'name sort_name company',
    contact: 'email phone language',
    technical:
      'practice_id id coach_id user_id status consent_id created_at invited_at closed_at erased_at version',
  }),
  client_details: ofFile({
    special: 'question stress_kind stress_since stressors stress_signals blockers',
    technical: 'practice_id client_id coach_id version',
  }),
  client_keys: ofFile({ technical: 'practice_id client_id coach_id wrapped created_at' }),
  consents: ofFile({
    special: 'text_version channel given_on withdrawn_on withdrawal_channel',
    technical: 'practice_id id client_id coach_id recorded_by recorded_at withdrawn_at withdrawn_by',
  }),
  file_transfers: ofFile({
    special: 'reason',
    technical:
      'practice_id id client_id coach_id from_coach_id to_coach_id private_notes_go_along decided_by decided_at',
  }),

  retention_holds: ofFile({
    special: 'reason',
    technical: 'practice_id client_id coach_id placed_by placed_at version',
  }),

  sessions: {
    activity: 'bookkeeping',
    kept: 'fiscal',
    columns: {
      fiscal: 'kind status starts_at ends_at price_cents vat_percent given_by',
      technical:
        'practice_id id client_id coach_id mode occupied_from occupied_until created_at version note_signed',
    },
  },
  session_details: ofFile({
    special: 'location',
    technical: 'practice_id session_id client_id coach_id version',
  }),
  session_reasons: ofFile({
    special: 'reason',
    technical: 'practice_id id session_id client_id coach_id change given_by given_at',
  }),
  observations: ofFile({
    special: 'tension_before tension_after recovery_signals take_home transition_moments',
    technical: 'practice_id session_id client_id coach_id observed_by updated_at version',
  }),
  observation_details: ofFile({
    special: 'question thoughts let_go tension_areas breath safety rest presence acceptance natural_rhythm',
    technical: 'practice_id session_id client_id coach_id version',
  }),

  notes: ofFile({
    technical:
      'practice_id id client_id coach_id session_id author_id visibility status text_version created_at updated_at ' +
      'signed_at signed_by version entered_in_error_at entered_in_error_by import_id',
  }),
  note_bodies: ofFile({
    special: 'body',
    technical:
      'practice_id note_id version client_id coach_id coach_reader_id client_reader_id written_by written_at signature',
  }),
  note_addenda: ofFile({
    special: 'body',
    technical:
      'practice_id id note_id client_id coach_id coach_reader_id client_reader_id signature signed_by signed_at',
  }),
  note_errors: ofFile({
    special: 'reason',
    technical: 'practice_id note_id client_id coach_id coach_reader_id',
  }),
  note_withholdings: ofFile({
    special: 'ground reason',
    technical: 'practice_id note_id client_id coach_id recorded_by recorded_at version',
  }),
  note_shares: ofFile({
    technical: 'practice_id note_id client_id coach_id shared_by shared_at first_read_at first_read_by',
  }),
};
