import { StreamableFile } from '@nestjs/common';
import type { Language } from '../common/language.js';
import type { ExportView } from './export.dto.js';
import type { Export } from './export.entity.js';
import { EXPORT_FAILURES } from './export-failure.js';
import { CONTENT_TYPES } from './export-format.js';
import type { Download } from './exports.service.js';

export function exportView(copy: Export, language: Language): ExportView {
  const { id, records, format, purpose, requestedBy, status, rowsDone, failure, version } = copy;
  return {
    id,
    records,
    format,
    purpose,
    ...(copy.fromOn && { from: copy.fromOn }),
    ...(copy.toOn && { to: copy.toOn }),
    ...(copy.clientId && { clientId: copy.clientId }),
    ...(copy.coachId && { coachId: copy.coachId }),
    requestedBy,
    status,
    rowsDone,
    ...(copy.rowsTotal !== null && { rowsTotal: copy.rowsTotal }),
    ...(copy.bytes !== null && { bytes: copy.bytes }),
    ...(copy.sha256 && { sha256: copy.sha256 }),
    ...(failure && { failure: { code: failure, reason: EXPORT_FAILURES[failure][language] } }),
    createdAt: copy.createdAt.toISOString(),
    ...(copy.finishedAt && { finishedAt: copy.finishedAt.toISOString() }),
    ...(copy.expiresAt && { expiresAt: copy.expiresAt.toISOString() }),
    version,
  };
}

/** A file to save rather than to show, under a name that says nothing about anybody. */
export function fileOf({ copy, content }: Download): StreamableFile {
  const name = `${copy.records}-${copy.createdAt.toISOString().slice(0, 10)}.${copy.format}`;
  return new StreamableFile(content, {
    type: CONTENT_TYPES[copy.format],
    disposition: `attachment; filename="${name}"`,
    // A stream's length is known at its end only.
    ...(copy.bytes !== null && { length: copy.bytes }),
  });
}
