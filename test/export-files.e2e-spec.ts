import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import fs, { type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { CHUNK_BYTES, sealedLength } from '../src/common/cipher/chunk-cipher.js';
import type { ExportView } from '../src/exports/export.dto.js';
import { startApp, type TestApp } from './support/app.js';
import { type Caller, problemOf, told } from './support/caller.js';
import { fileOf, madeExport } from './support/exports.js';
import { addUser, openFile, openPractice, type TestPractice } from './support/practice.js';
import { rows } from './support/rows.js';

let app: TestApp;
let practice: TestPractice;
let admin: Caller;
/** Larger than one chunk. */
let large: ExportView;
let whole: Buffer;

beforeAll(async () => {
  app = await startApp();
  practice = await openPractice(app);
  admin = practice.admin;
  const { id: clientId } = await openFile(practice.coach, { name: 'Xanthippe van Zevenhuizen' });
  await rows(
    app,
    `insert into sessions (practice_id, id, client_id, coach_id, given_by, kind, status, mode, starts_at, ends_at,
            occupied_from, occupied_until, created_at, version)
     select practice_id, gen_random_uuid(), id, coach_id, coach_id, 'energizing', 'completed', 'video', at,
            at + interval '45 minutes', at, at + interval '45 minutes', at, 1
       from clients, generate_series(0, 999) n, lateral (select now() - n * interval '1 hour' as at) t where id = $1`,
    [clientId],
  );
  large = await madeExport(app, admin, { records: 'sessions', clientId });
  whole = (await fileOf(admin, large.id)).rawPayload;
});
afterAll(() => app.close());

const onDisk = (id: string): string => join(app.folder, 'files', 'exports', practice.id, id);
const inRow = async (id: string): Promise<Buffer | null> => {
  const [row] = await rows<{ file_key: Buffer | null }>(app, 'select file_key from exports where id = $1', [
    id,
  ]);
  return row!.file_key;
};

describe('a file on disk', () => {
  it('shows none of what it holds, and is whole to who may fetch it', async () => {
    const copy = await madeExport(app, admin);
    const sealed = readFileSync(onDisk(copy.id));
    expect(sealed).toHaveLength(sealedLength(copy.bytes!));
    expect(sealed.includes('Xanthippe')).toBe(false);
    const file = await fileOf(admin, copy.id);
    expect(file.body).toContain('Xanthippe');
    expect(createHash('sha256').update(file.rawPayload).digest('hex')).toBe(copy.sha256);
  });

  it('is closed again where nobody takes any of it', async () => {
    const copy = await madeExport(app, admin);
    const opened = jest.spyOn(fs, 'open');
    for (let n = 0; n < 3; n += 1) {
      const answer = await admin.call('HEAD', `/v1/exports/${copy.id}/file`);
      expect([answer.statusCode, answer.headers['content-length']]).toEqual([200, String(copy.bytes)]);
    }
    const files = await Promise.all(opened.mock.results.map(({ value }) => value as Promise<FileHandle>));
    opened.mockRestore();
    expect(files).toHaveLength(3);
    // Closing takes a moment; a file that is closed has no number any more.
    for (let n = 0; n < 100 && files.some(({ fd }) => fd !== -1); n += 1) await pause(20);
    expect(files.map(({ fd }) => fd)).toEqual([-1, -1, -1]);
  });

  it('has a key of its own, wrapped by the key of the installation, and gone with the file', async () => {
    const [one, other] = [await madeExport(app, admin), await madeExport(app, admin)];
    const [key, otherKey] = [await inRow(one.id), await inRow(other.id)];
    expect(key!.subarray(2, 14).toString()).toBe('installation');
    expect(key!.equals(otherKey!)).toBe(false);
    told(await admin.delete(`/v1/exports/${one.id}`));
    expect(await inRow(one.id)).toBeNull();
    expect(existsSync(onDisk(one.id))).toBe(false);
  });

  it('in the place of another does not open', async () => {
    const [one, other] = [await madeExport(app, admin), await madeExport(app, admin)];
    expect(one.bytes).toBe(other.bytes);
    renameSync(onDisk(other.id), onDisk(one.id));
    const answer = await fileOf(admin, one.id);
    expect([answer.statusCode, problemOf(answer)]).toEqual([409, 'export-without-file']);
  });

  it('of which one bit was changed is not handed out, and breaks off where it is further on', async () => {
    const bent = await madeExport(app, admin, { records: 'sessions' });
    const sealed = readFileSync(onDisk(bent.id));
    const flip = (at: number): void => {
      sealed[at]! ^= 1;
      writeFileSync(onDisk(bent.id), sealed);
      sealed[at]! ^= 1;
    };
    flip(9);
    expect(problemOf(await fileOf(admin, bent.id))).toBe('export-without-file');
    flip(CHUNK_BYTES + 99);
    await expect(fileOf(admin, bent.id)).rejects.toThrow();
    // What lies before it is still what it was.
    const part = await fileOf(admin, bent.id, { range: `bytes=0-${CHUNK_BYTES - 1}` });
    expect([part.statusCode, part.rawPayload.length]).toEqual([206, CHUNK_BYTES]);
  });
});

describe('a part of a file', () => {
  it.each([
    ['bytes=0-99', 0, 100],
    [`bytes=${CHUNK_BYTES - 5}-${CHUNK_BYTES + 4}`, CHUNK_BYTES - 5, CHUNK_BYTES + 5],
    ['bytes=70000-', 70_000, undefined],
    ['bytes=-10', -10, undefined],
  ])('%s is those bytes', async (range, from, until) => {
    const part = await fileOf(admin, large.id, { range });
    expect(part.statusCode).toBe(206);
    const wanted = whole.subarray(from, until);
    expect(part.rawPayload.equals(wanted)).toBe(true);
    const first = from < 0 ? whole.length + from : from;
    expect(part.headers).toMatchObject({
      'content-range': `bytes ${first}-${first + wanted.length - 1}/${whole.length}`,
      'content-length': String(wanted.length),
      'accept-ranges': 'bytes',
      etag: `"${large.sha256}"`,
    });
  });

  it('behind the end is not there', async () => {
    const answer = await fileOf(admin, large.id, { range: `bytes=${whole.length}-` });
    expect([answer.statusCode, problemOf(answer)]).toEqual([416, 'range-not-satisfiable']);
    expect(answer.headers['content-range']).toBe(`bytes */${whole.length}`);
  });

  it('of what is another file by now is all of it, and so are several parts at once', async () => {
    const asked = { range: 'bytes=0-9' };
    const same = await fileOf(admin, large.id, { ...asked, 'if-range': `"${large.sha256}"` });
    expect(same.statusCode).toBe(206);
    const another = await fileOf(admin, large.id, { ...asked, 'if-range': '"another"' });
    expect([another.statusCode, another.rawPayload.equals(whole)]).toEqual([200, true]);
    const several = await fileOf(admin, large.id, { range: 'bytes=0-1,5-6' });
    expect(several.statusCode).toBe(200);
  });

  it('is for who asked for the file alone, and each download is on record', async () => {
    const other = await addUser(app, admin, { name: 'Bo', email: 'bo@beheer.example', roles: ['admin'] });
    const range = { range: 'bytes=0-9' };
    expect(problemOf(await fileOf(other, large.id, range))).toBe('export-of-somebody-else');
    expect((await fileOf(practice.coach, large.id, range)).statusCode).toBe(404);
    const before = await downloads();
    expect((await fileOf(admin, large.id, range)).statusCode).toBe(206);
    expect(await downloads()).toBe(before + 1);
  });
});

const downloads = async (): Promise<number> =>
  (
    await rows(app, "select 1 from audit_events where event = 'export.downloaded' and object_id = $1", [
      large.id,
    ])
  ).length;
