import type { Response } from 'light-my-request';
import type { ImportView } from '../../src/imports/import.dto.js';
import type { TestApp } from './app.js';
import { type Caller, told } from './caller.js';

export const CSV = { 'content-type': 'text/csv' };
export const JSON_FILE = { 'content-type': 'application/json' };
export const NDJSON = { 'content-type': 'application/x-ndjson' };

let files = 0;

/** A file with one client who is like no other. */
export function clientsCsv({ id }: { id: string }): Buffer {
  files += 1;
  return Buffer.from(`naam;e-mail;coachId\nNieuwe ${files};nieuwe${files}@example.nl;${id}\n`);
}

/** Brings a file; what it is, its headers say. */
export const bring = (
  admin: Caller,
  records: string,
  content: string | Buffer,
  headers: Record<string, string> = CSV,
  more = '',
): Promise<Response> => admin.post(`/v1/imports?records=${records}${more}`, Buffer.from(content), headers);

/** The dry run of a file. */
export const checked = async (...asked: Parameters<typeof bring>): Promise<ImportView> =>
  told<ImportView>(await bring(...asked));

export const seenImport = async (admin: Caller, id: string): Promise<ImportView> =>
  told<ImportView>(await admin.get(`/v1/imports/${id}`));

/** Brings a file in, as far as that goes. */
export async function broughtIn(app: TestApp, ...asked: Parameters<typeof bring>): Promise<ImportView> {
  const { id } = await checked(...asked);
  const [admin] = asked;
  told(await admin.post(`/v1/imports/${id}/start`));
  await app.runJobs();
  return seenImport(admin, id);
}
