import { copyStatement, countStatement, type Selection } from './copy-statement.js';
import { columnsOf, ROW_KINDS } from './record-kinds.js';

const practiceId = '0196f3a0-1111-7222-8333-444455556666';
const clientId = '0196f3a0-1111-7222-8333-444455557777';
const all: Selection = {
  practiceId,
  records: 'sessions',
  format: 'csv',
  dialect: 'rfc4180',
  columns: null,
  fromOn: null,
  toOn: null,
  clientId: null,
  coachId: null,
};
const AMSTERDAM = 'Europe/Amsterdam';

describe('what an export copies', () => {
  it.each(ROW_KINDS)('of %s is of one practice, both counted and copied', (records) => {
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
    // An id of the log tells its moment, and so which months are looked at.
    expect(countStatement({ ...march, records: 'audit_events' }, AMSTERDAM)).toContain(
      "r.id >= '019ca67a-ed80-7000-8000-000000000000'::uuid and r.id < '019d45e9-2300-7000-8000-000000000000'::uuid",
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

  it.each(ROW_KINDS)('of %s holds no other text either', (records) => {
    const statement = copyStatement({ ...all, records }, AMSTERDAM);
    for (const [name, { kind, sql }] of Object.entries(columnsOf(records))) {
      if (kind !== 'text' && kind !== 'code') continue;
      expect(statement).toContain(`spreadsheet_safe(${sql}) as "${name}"`);
    }
  });

  it('for a Dutch Excel has semicolons, a decimal comma and the clock of the practice', () => {
    const dutch = copyStatement({ ...all, dialect: 'excel-nl', columns: ['price', 'startsAt'] }, AMSTERDAM);
    expect(dutch).toContain("with (format csv, header, delimiter ';')");
    expect(dutch).toContain(
      `replace(((r.price_cents::numeric / 100)::numeric(10, 2))::text, '.', ',') as "price"`,
    );
    expect(dutch).toContain(`to_char(r.starts_at at time zone 'Europe/Amsterdam', 'YYYY-MM-DD HH24:MI:SS')`);
  });

  it('has the columns that were chosen, in their order, and no other', () => {
    const chosen = copyStatement({ ...all, columns: ['status', 'id', 'nonsense"'] }, AMSTERDAM);
    expect(chosen).toContain('select spreadsheet_safe(r.status) as "status", r.id as "id" from');
  });

  it('lets nothing out of its literals', () => {
    const sly = { ...all, fromOn: null, clientId: "' or true --" };
    expect(countStatement(sly, AMSTERDAM)).toContain("r.client_id = ''' or true --'::uuid");
  });
});
