import { Workbook } from '@protobi/exceljs';
import { columnsOf, ROW_KINDS } from '../src/exports/records/record-kinds.js';
import { definitionOf } from '../src/exports/documents/definition.js';
import { LABELS } from '../src/exports/formats/pdf/labels.js';
import { startApp, type TestApp } from './support/app.js';
import { type Caller, told } from './support/caller.js';
import { exportedFile, fileOf, madeExport, PURPOSE, requestExport, seenExport } from './support/exports.js';
import { addTo, writeNote, writeSigned } from './support/notes.js';
import { openFile, openPractice, type TestPractice } from './support/practice.js';
import { rows } from './support/rows.js';

let app: TestApp;
let practice: TestPractice;
let admin: Caller;

beforeAll(async () => {
  app = await startApp();
  practice = await openPractice(app);
  admin = practice.admin;
});
afterAll(() => app.close());

const insertSessions = (clientId: string, count: number): Promise<unknown> =>
  rows(
    app,
    `insert into sessions (practice_id, id, client_id, coach_id, given_by, kind, status, mode, starts_at, ends_at,
            occupied_from, occupied_until, price_cents, vat_percent, created_at, version)
     select practice_id, gen_random_uuid(), id, coach_id, coach_id, 'energizing', 'completed', 'video', at,
            at + interval '45 minutes', at, at + interval '45 minutes', 9550, 21, at, 1
       from clients, generate_series(0, $2::integer - 1) n,
            lateral (select timestamptz '2026-03-29T12:00:00Z' - n * interval '1 hour' as at) t
      where id = $1`,
    [clientId, count],
  );

async function sheetOf(wanted: object) {
  const file = await exportedFile(app, admin, { ...wanted, format: 'xlsx' });
  const book = new Workbook();
  await book.xlsx.load(file.rawPayload as never);
  return { file, sheet: book.worksheets[0]! };
}

describe('a workbook', () => {
  it('holds records as their kind is, by the clock of the practice', async () => {
    const { id: clientId } = await openFile(practice.coach);
    await insertSessions(clientId, 1);
    const columns = ['id', 'clientId', 'status', 'startsAt', 'durationMinutes', 'price'];
    const { file, sheet } = await sheetOf({ records: 'sessions', clientId, columns });
    expect(file.headers['content-disposition']).toMatch(/filename="sessions-[\d-]{10}\.xlsx"$/);
    expect(sheet.name).toBe('Sessies');
    expect((sheet.getRow(1).values as unknown[]).slice(1)).toEqual(columns);
    expect((sheet.getRow(2).values as unknown[]).slice(2)).toEqual([
      clientId,
      'completed',
      // Amsterdam's summer time began that night.
      new Date('2026-03-29T14:00:00Z'),
      45,
      95.5,
    ]);
  });

  it.each(ROW_KINDS)('of %s is made whole', async (records) => {
    const { sheet } = await sheetOf({ records });
    expect((sheet.getRow(1).values as unknown[]).slice(1)).toEqual(Object.keys(columnsOf(records)));
  });

  it('holds the texts of notes where their coach approved, addenda in one cell', async () => {
    const { id: clientId } = await openFile(practice.coach);
    await writeNote(practice.coach, clientId, { body: '=Zij sliep een nacht door.' });
    const note = await writeSigned(practice.coach, clientId);
    await addTo(practice.coach, note, 'Zij belde later.');
    const { id } = await requestExport(admin, {
      records: 'notes',
      format: 'xlsx',
      clientId,
      bodies: true,
      columns: ['status'],
    });
    told(await practice.coach.post(`/v1/exports/${id}/approval`));
    await app.runJobs();
    const book = new Workbook();
    await book.xlsx.load((await fileOf(admin, id)).rawPayload as never);
    const [sheet] = book.worksheets;
    expect((sheet!.getRow(1).values as unknown[]).slice(1)).toEqual(['status', 'body', 'addenda']);
    expect(sheet!.getCell('C2').value).toMatch(/^\d{4}-.*Z: Zij belde later\.$/);
    expect(sheet!.getCell('B3')).toMatchObject({ value: '=Zij sliep een nacht door.', formula: undefined });
  });
});

describe('a table on paper', () => {
  it('is a PDF, made for who asked and why', async () => {
    const { id: clientId } = await openFile(practice.coach);
    await insertSessions(clientId, 90);
    const file = await exportedFile(app, admin, { records: 'sessions', format: 'pdf', clientId });
    expect(file.headers['content-type']).toBe('application/pdf');
    const text = file.rawPayload.toString('latin1');
    expect(text.startsWith('%PDF-1.')).toBe(true);
    expect(text.trimEnd().endsWith('%%EOF')).toBe(true);
    expect(text.match(/\/Type \/Page\b/g)!.length).toBeGreaterThan(2);
  });

  it.each(ROW_KINDS)('of %s has a Dutch word for each column', (records) => {
    for (const name of Object.keys(columnsOf(records))) expect(LABELS).toHaveProperty(name);
  });

  it('shows values as a Dutch reader expects them, and says on each page who, why and when', () => {
    const definition = definitionOf({
      kind: 'table',
      title: 'Sessies',
      practice: 'Adem en Rust',
      madeBy: 'Ada de Beheerder',
      purpose: PURPOSE,
      madeAt: '29 maart 2026, 14:05',
      chosen: ['vanaf 01-03-2026'],
      columns: [
        { label: 'Kenmerk', kind: 'id' },
        { label: 'Begin', kind: 'instant' },
        { label: 'Dag', kind: 'day' },
        { label: 'Prijs', kind: 'decimal' },
        { label: 'Toestemming', kind: 'flag' },
        { label: 'Weekdagen', kind: 'codes' },
        { label: 'Cliënten', kind: 'ids' },
        { label: 'Naam', kind: 'text' },
      ],
      rows: [
        [
          '0196f3a0-1111-7222-8333-444455556666',
          '2026-03-29 14:05:06',
          '2026-03-29',
          95.5,
          false,
          [1, 3],
          ['0196f3a0-1111-7222-8333-444455556666'],
          null,
        ],
      ],
    });
    const content = JSON.stringify(definition.content);
    for (const shown of [
      '"55556666"',
      '"29-03-2026 14:05"',
      '"29-03-2026"',
      '"95,50"',
      '"nee"',
      '"1 3"',
      '""',
    ]) {
      expect(content).toContain(`"text":${shown}`);
    }
    const footer = JSON.stringify((definition.footer as (page: number, of: number) => unknown)(2, 7));
    expect(footer).toContain(`Gemaakt door Ada de Beheerder op 29 maart 2026, 14:05. Doel: ${PURPOSE}`);
    expect(footer).toContain('pagina 2 van 7');
  });

  it('of more rows than a person reads is not made, and says what to do instead', async () => {
    const { id: clientId } = await openFile(practice.coach);
    await insertSessions(clientId, 2_001);
    const copy = await madeExport(app, admin, { records: 'sessions', format: 'pdf', clientId });
    expect(copy).toMatchObject({ status: 'failed', failure: { code: 'too_many_rows' } });
    expect((await seenExport(admin, copy.id)).failure!.reason).toContain('csv or xlsx');
  });

  it('of as many rows as it may hold is made', async () => {
    const { id: clientId } = await openFile(practice.coach);
    await insertSessions(clientId, 2_000);
    const copy = await madeExport(app, admin, { records: 'sessions', format: 'pdf', clientId });
    expect(copy).toMatchObject({ status: 'ready', rowsDone: 2_000 });
  });
});
