import type { Response } from 'light-my-request';
import type { ExportView } from '../../src/exports/export.dto.js';
import type { TestApp } from './app.js';
import { type Caller, told } from './caller.js';

export const PURPOSE = 'Jaarafsluiting voor de boekhouder';

/** Asks for a copy of the clients as CSV, unless something else is wanted. */
export async function requestExport(admin: Caller, wanted: object = {}): Promise<ExportView> {
  const asked = { records: 'clients', format: 'csv', purpose: PURPOSE, ...wanted };
  return told<ExportView>(await admin.post('/v1/exports', asked));
}

export async function seenExport(admin: Caller, id: string): Promise<ExportView> {
  return told<ExportView>(await admin.get(`/v1/exports/${id}`));
}

/** An export whose run is over. */
export async function madeExport(app: TestApp, admin: Caller, wanted: object = {}): Promise<ExportView> {
  const { id } = await requestExport(admin, wanted);
  await app.runJobs();
  return seenExport(admin, id);
}

export const fileOf = (admin: Caller, id: string, headers: Record<string, string> = {}): Promise<Response> =>
  admin.get(`/v1/exports/${id}/file`, headers);

/** The file of a new export, made and fetched. */
export async function exportedFile(app: TestApp, admin: Caller, wanted: object = {}): Promise<Response> {
  const { id } = await madeExport(app, admin, wanted);
  return fileOf(admin, id);
}

/** The rows of a new export. */
export async function exportedRows<Row>(app: TestApp, admin: Caller, wanted: object = {}): Promise<Row[]> {
  return told<Row[]>(await exportedFile(app, admin, { ...wanted, format: 'json' }));
}
