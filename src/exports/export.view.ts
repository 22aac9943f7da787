import { StreamableFile } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { contentRange } from '../common/http/byte-range.js';
import type { Language } from '../common/language.js';
import type { ExportApprovalView, ExportManifest, ExportView } from './export.dto.js';
import type { Export } from './export.entity.js';
import type { Told, ToldApproval } from './export.queries.js';
import { EXPORT_FAILURES } from './export-failure.js';
import { CONTENT_TYPES } from './formats/export-format.js';
import { type Download, tagOf } from './export-files.js';
import type { Described } from './exports.service.js';
import { chosenColumns } from './records/copy-statement.js';

export function exportView({ copy, requesterName, approvals }: Told, language: Language): ExportView {
  const { id, records, format, purpose, requestedBy, status, rowsDone, failure, version } = copy;
  return {
    id,
    records,
    format,
    ...(copy.dialect && { dialect: copy.dialect }),
    ...(copy.columns && { columns: copy.columns }),
    purpose,
    ...(copy.fromOn && { from: copy.fromOn }),
    ...(copy.toOn && { to: copy.toOn }),
    ...(copy.clientId && { clientId: copy.clientId }),
    ...(copy.coachId && { coachId: copy.coachId }),
    bodies: copy.bodies,
    ...(copy.bodies && { approvals: approvals.map(approvalView) }),
    requestedBy,
    ...(requesterName && { requesterName }),
    status,
    rowsDone,
    ...(copy.rowsTotal !== null && { rowsTotal: copy.rowsTotal }),
    ...paceOf(copy),
    ...(copy.bytes !== null && { bytes: copy.bytes }),
    ...(copy.sha256 && { sha256: copy.sha256 }),
    ...(failure && { failure: { code: failure, reason: EXPORT_FAILURES[failure][language] } }),
    createdAt: copy.createdAt.toISOString(),
    ...(copy.startedAt && { startedAt: copy.startedAt.toISOString() }),
    ...(copy.finishedAt && { finishedAt: copy.finishedAt.toISOString() }),
    ...(copy.expiresAt && { expiresAt: copy.expiresAt.toISOString() }),
    version,
  };
}

function paceOf({ rowsPerSecond, rowsDone, rowsTotal }: Export): Pick<ExportView, 'pace'> {
  if (rowsPerSecond === undefined) return {};
  const secondsLeft = rowsTotal === null ? undefined : Math.ceil((rowsTotal - rowsDone) / rowsPerSecond);
  return {
    pace: { rowsPerSecond: Math.round(rowsPerSecond), ...(secondsLeft !== undefined && { secondsLeft }) },
  };
}

const approvalView = ({
  coachId,
  coachName,
  noteCount,
  decision,
  decidedAt,
}: ToldApproval): ExportApprovalView => ({
  coachId,
  ...(coachName && { coachName }),
  noteCount,
  ...(decision && { decision }),
  ...(decidedAt && { decidedAt: new Date(decidedAt).toISOString() }),
});

export function manifestView({ copy, practice, requester }: Described): ExportManifest {
  return {
    export: copy.id,
    practice: practice.name,
    records: copy.records,
    format: copy.format,
    ...(copy.dialect && { dialect: copy.dialect }),
    columns: chosenColumns(copy).map(([name, kind]) => ({ name, kind })),
    bodies: copy.bodies,
    rows: copy.rowsDone,
    purpose: copy.purpose,
    requestedBy: requester.name,
    ...(copy.fromOn && { from: copy.fromOn }),
    ...(copy.toOn && { to: copy.toOn }),
    timeZone: practice.timeZone,
    ...(copy.clientId && { clientId: copy.clientId }),
    ...(copy.coachId && { coachId: copy.coachId }),
    requestedAt: copy.createdAt.toISOString(),
    ...(copy.startedAt && { startedAt: copy.startedAt.toISOString() }),
    finishedAt: copy.finishedAt!.toISOString(),
    file: {
      name: fileNameOf(copy),
      mediaType: CONTENT_TYPES[copy.format],
      bytes: copy.bytes!,
      sha256: copy.sha256!,
    },
  };
}

/** A name that says nothing about anybody. */
const fileNameOf = ({ records, createdAt, format }: Export): string =>
  `${records.replaceAll('_', '-')}-${createdAt.toISOString().slice(0, 10)}.${format}`;

/** A file to save rather than to show. */
export function fileOf({ copy, content, span }: Download): StreamableFile {
  const length = span ? span.until - span.from : copy.bytes;
  return new StreamableFile(content, {
    type: CONTENT_TYPES[copy.format],
    disposition: `attachment; filename="${fileNameOf(copy)}"`,
    // A stream's length is known at its end only.
    ...(length !== null && { length }),
  });
}

/** The same, of which a part can be asked for. */
export function partOf(download: Download, reply: FastifyReply): StreamableFile {
  const { copy, span } = download;
  void reply.headers({ 'accept-ranges': 'bytes', etag: tagOf(copy) });
  if (span) void reply.code(206).header('content-range', contentRange(span, copy.bytes!));
  return fileOf(download);
}
