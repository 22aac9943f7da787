import { code, equals, id, instant, type Source } from './source.js';

/** Notes as an admin sees them. Their texts leave only with their coaches' approval, and are opened on the way. */
export const notes: Source = {
  title: 'Notities',
  from: 'notes r',
  client: 'r.client_id',
  ofClient: equals('r.client_id'),
  ofCoach: equals('r.coach_id'),
  at: { instant: 'r.created_at' },
  order: 'r.client_id, r.id desc',
  columns: {
    id: id('r.id'),
    clientId: id('r.client_id'),
    coachId: id('r.coach_id'),
    sessionId: id('r.session_id'),
    authorId: id('r.author_id'),
    visibility: code('r.visibility'),
    status: code('r.status'),
    createdAt: instant('r.created_at'),
    updatedAt: instant('r.updated_at'),
    signedAt: instant('r.signed_at'),
    signedBy: id('r.signed_by'),
    enteredInErrorAt: instant('r.entered_in_error_at'),
    enteredInErrorBy: id('r.entered_in_error_by'),
  },
};
