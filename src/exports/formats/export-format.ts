export const EXPORT_FORMATS = ['csv', 'ndjson', 'json', 'xlsx', 'pdf', 'zip'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** `rfc4180`: commas and decimal points. `excel-nl`: as a Dutch Excel opens it, semicolons and decimal commas. */
export const DIALECTS = ['rfc4180', 'excel-nl'] as const;
export type Dialect = (typeof DIALECTS)[number];

export const CONTENT_TYPES: Readonly<Record<ExportFormat, string>> = {
  csv: 'text/csv; charset=utf-8; header=present',
  ndjson: 'application/x-ndjson; charset=utf-8',
  json: 'application/json; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pdf: 'application/pdf',
  zip: 'application/zip',
};
