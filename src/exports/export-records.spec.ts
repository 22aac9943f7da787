import { copyStatement, countStatement, RECORD_KINDS, type Selection } from './export-records.js';

const practiceId = '0196f3a0-1111-7222-8333-444455556666';
const clientId = '0196f3a0-1111-7222-8333-444455557777';
const all: Selection = {
  practiceId,
  records: 'sessions',
  format: 'csv',
  fromOn: null,
  toOn: null,
  clientId: null,
  coachId: null,
};
const AMSTERDAM = 'Europe/Amsterdam';

describe('what an export copies', () => {
  it.each(RECORD_KINDS)('of %s is of one practice, both counted and copied', (records) => {
    for (const statement of [copyStatement, countStatement]) {
      expect(statement({ ...all, records }, AMSTERDAM)).toContain(`r.practice_id = '${practiceId}'::uuid`);
    }
  });

  it('of a period begins and ends with the days of the practice', () => {
    const march = { ...all, fromOn: '2026-03-01', toOn: '2026-03-31' };
    // Summer time begins on 29 March.
    expect(countStatement(march, AMSTERDAM)).toContain(
      "r.starts_at >= '2026-02-28T23:00:00.000Z'::timestamptz and r.starts_at < '2026-03-31T22:00:00.000Z'::timestamptz",
    );
    expect(countStatement({ ...march, records: 'logs' }, AMSTERDAM)).toContain(
      "r.done_on >= '2026-03-01'::date and r.done_on <= '2026-03-31'::date",
    );
  });

  it('of a client is that file alone', () => {
    const file = `'${clientId}'::uuid`;
    expect(countStatement({ ...all, clientId }, AMSTERDAM)).toContain(`r.client_id = ${file}`);
    expect(countStatement({ ...all, records: 'clients', clientId }, AMSTERDAM)).toContain(`r.id = ${file}`);
  });

  it('holds no text that is not made safe for a spreadsheet', () => {
    const safe = copyStatement({ ...all, records: 'clients' }, AMSTERDAM);
    for (const column of ['name', 'email', 'phone', 'company']) {
      expect(safe).toContain(`spreadsheet_safe(r.${column}) as "${column}"`);
    }
    expect(copyStatement({ ...all, records: 'clients', format: 'json' }, AMSTERDAM)).not.toContain('safe');
  });

  it('lets nothing out of its literals', () => {
    const sly = { ...all, fromOn: null, clientId: "' or true --" };
    expect(countStatement(sly, AMSTERDAM)).toContain("r.client_id = ''' or true --'::uuid");
  });
});
