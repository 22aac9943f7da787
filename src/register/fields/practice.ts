import { type ClassifiedTables, ofThePractice } from '../classified.js';

/** How the practice works and what it tells the world; and who asks it for an intake. */
export const PRACTICE: ClassifiedTables = {
  practices: ofThePractice({
    identity: 'name slug',
    technical:
      'id time_zone language assignment_limit assignment_weeks created_at version second_factor_required mail_sign_in ' +
      'regime regime_reason help_nl help_en tension_alarm file_years file_years_reason',
  }),
  practice_keys: ofThePractice({ technical: 'practice_id wrapped created_at' }),
  practice_words: ofThePractice({
    technical: 'practice_id vocabulary code name_nl name_en is_offered version',
  }),
  consent_texts: ofThePractice({ technical: 'practice_id version text_nl text_en published_at' }),
  note_templates: ofThePractice({
    technical: 'practice_id kind text_nl text_en written_by written_at version',
  }),
  exercises: ofThePractice({
    technical: 'practice_id id status tags published_version draft_version created_at version',
  }),
  exercise_versions: ofThePractice({
    technical:
      'practice_id exercise_id version title_nl title_en purpose_nl purpose_en steps_nl steps_en cautions_nl cautions_en ' +
      'technique approach moment minutes rhythm media_kind media_url media_id written_by written_at published_at',
  }),
  exercise_media: ofThePractice({ technical: 'practice_id id content_type bytes uploaded_by uploaded_at' }),
  exercise_sets: ofThePractice({ technical: 'practice_id id name created_at version' }),
  exercise_set_items: ofThePractice({
    technical: 'practice_id set_id place exercise_id moment rhythm times_per_day weekdays',
  }),
  exercise_articles: ofThePractice({ technical: 'practice_id exercise_id article_id place' }),
  articles: ofThePractice({
    technical: 'practice_id id slug status published_version draft_version created_at version',
  }),
  article_versions: ofThePractice({
    technical:
      'practice_id article_id version title_nl title_en summary_nl summary_en body_nl body_en questions_nl questions_en ' +
      'answers_nl answers_en words_nl words_en written_by written_at published_at',
  }),
  intake_requests: {
    activity: 'intake',
    kept: 'ninety_days',
    columns: {
      special: 'request',
      technical: 'practice_id id status text_version received_at closed_at closed_by version',
    },
  },
};
