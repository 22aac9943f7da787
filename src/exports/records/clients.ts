import { code, day, equals, flag, id, instant, number, type Source, text } from './source.js';

export const clients: Source = {
  title: 'Cliënten',
  from: 'clients r left join consents c on c.practice_id = r.practice_id and c.id = r.consent_id',
  client: 'r.id',
  ofClient: equals('r.id'),
  ofCoach: equals('r.coach_id'),
  at: { instant: 'r.created_at' },
  order: 'r.sort_name, r.id',
  columns: {
    id: id('r.id'),
    coachId: id('r.coach_id'),
    name: text('r.name'),
    email: text('r.email'),
    phone: text('r.phone'),
    company: text('r.company'),
    language: code('r.language'),
    status: code('r.status'),
    hasConsent: flag('r.consent_id is not null'),
    // What it rests on, so that another installation can take it over.
    consentGivenOn: day('c.given_on'),
    consentChannel: code('c.channel'),
    consentTextVersion: number('c.text_version'),
    hasAccount: flag('r.user_id is not null'),
    createdAt: instant('r.created_at'),
    invitedAt: instant('r.invited_at'),
    closedAt: instant('r.closed_at'),
  },
};
