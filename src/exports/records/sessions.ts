import { code, decimal, equals, id, instant, number, type Source } from './source.js';

export const sessions: Source = {
  title: 'Sessies',
  from: 'sessions r',
  client: 'r.client_id',
  ofClient: equals('r.client_id'),
  ofCoach: equals('r.coach_id'),
  at: { instant: 'r.starts_at' },
  order: 'r.starts_at, r.id',
  columns: {
    id: id('r.id'),
    clientId: id('r.client_id'),
    coachId: id('r.coach_id'),
    givenBy: id('r.given_by'),
    kind: code('r.kind'),
    status: code('r.status'),
    mode: code('r.mode'),
    startsAt: instant('r.starts_at'),
    endsAt: instant('r.ends_at'),
    durationMinutes: number('(extract(epoch from r.ends_at - r.starts_at) / 60)::integer'),
    priceCents: number('r.price_cents'),
    vatPercent: number('r.vat_percent'),
    // Whole euros and cents, for a bookkeeper; what the cents are to a program.
    price: decimal('(r.price_cents::numeric / 100)::numeric(10, 2)'),
  },
};
