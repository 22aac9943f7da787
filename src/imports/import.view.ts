import type { Language } from '../common/language.js';
import type { ImportSummary, ImportView } from './import.dto.js';
import type { Import } from './import.entity.js';
import { IMPORT_FAILURES, IMPORT_PROBLEMS } from './import-problems.js';

export function importSummary(brought: Import, language: Language): ImportSummary {
  const { id, records, format, sha256, bytes, requestedBy, status, rowCount, failure, version } = brought;
  return {
    id,
    records,
    format,
    sha256,
    bytes,
    requestedBy,
    status,
    rowCount,
    alreadyThereCount: brought.alreadyThere.length,
    problemCount: brought.problems.length,
    ...(failure && { failure: { code: failure, reason: IMPORT_FAILURES[failure][language] } }),
    createdAt: brought.createdAt.toISOString(),
    ...(brought.finishedAt && { finishedAt: brought.finishedAt.toISOString() }),
    expiresAt: brought.expiresAt.toISOString(),
    version,
  };
}

export function importView(brought: Import, language: Language): ImportView {
  return {
    ...importSummary(brought, language),
    problems: brought.problems.map(({ row, column, code }) => ({
      row,
      ...(column && { column }),
      code,
      reason: IMPORT_PROBLEMS[code][language],
    })),
    alreadyThere: brought.alreadyThere,
  };
}
