import { Injectable } from '@nestjs/common';
import { dutchDay } from '../documents/table.js';
import { PrintThreads } from '../documents/print-threads.js';
import type { DossierProgress, Provenance } from '../documents/printed.js';
import type { DossierParts } from '../dossier/dossier-parts.js';
import { ABOUT_YOUR_DATA_FILE, aboutYourData } from '../dossier/about-your-data.js';
import { DossierRows } from '../dossier/dossier-rows.js';
import { dossierZip } from '../dossier/dossier-zip.js';
import type { Export } from '../export.entity.js';
import { chosenColumns } from '../records/copy-statement.js';
import { sourceOf } from '../records/record-kinds.js';
import { LABELS } from './pdf/labels.js';
import { PdfRows, type Row } from './pdf/pdf-rows.js';
import { type Rows, rowsAs } from './rows.js';
import { XlsxRows } from './xlsx/xlsx-rows.js';

/** What a dossier is made with, beside its parts. */
interface DossierSetting {
  readonly timeZone: string;
  readonly progress?: DossierProgress;
  /** Under which the file is encrypted. */
  readonly passphrase?: string | undefined;
}

/** Rows as they come out of the database, made into a file of the format that was asked for. */
@Injectable()
export class FileFormats {
  constructor(private readonly threads: PrintThreads) {}

  rowsOf(copy: Export, of: Provenance, more: DossierSetting): Rows {
    const { title } = sourceOf(copy.records);
    if (copy.records === 'dossier') return new DossierRows((parts) => this.dossier(copy, of, parts, more));
    if (copy.format === 'xlsx')
      return new XlsxRows({ title, columns: chosenColumns(copy), at: copy.startedAt! });
    if (copy.format === 'pdf') return new PdfRows((rows) => this.table(copy, of, title, rows));
    return rowsAs(copy);
  }

  private async dossier(
    copy: Export,
    of: Provenance,
    parts: DossierParts,
    { passphrase, ...more }: DossierSetting,
  ): Promise<Buffer> {
    const print = (): Promise<Buffer> => this.threads.print({ kind: 'dossier', ...of, ...more, parts });
    if (copy.format === 'pdf') return print();
    const about = { export: copy.id, client: copy.clientId!, at: copy.startedAt!, passphrase };
    if (!copy.isForClient) return dossierZip(parts, about, of);
    // What they provided goes to another system; their whole file is for themselves to read, too.
    const attachments = copy.columns ? [] : [{ name: 'dossier.pdf', content: await print() }];
    const language = parts.client[0]?.language === 'en' ? 'en' : 'nl';
    attachments.push({ name: ABOUT_YOUR_DATA_FILE[language], content: aboutYourData(language, of.practice) });
    return dossierZip(parts, { ...about, only: copy.columns, attachments }, of);
  }

  private table(copy: Export, of: Provenance, title: string, rows: readonly Row[]): Promise<Buffer> {
    const columns = chosenColumns(copy).map(([name, kind]) => ({ name, kind, label: LABELS[name] ?? name }));
    return this.threads.print({
      kind: 'table',
      ...of,
      title,
      chosen: [...chosenBy(copy), `${rows.length} rijen`],
      columns,
      rows: rows.map((row) => columns.map(({ name }) => row[name] ?? null)),
    });
  }
}

function chosenBy({ fromOn, toOn, clientId, coachId }: Export): string[] {
  return [
    ...(fromOn ? [`vanaf ${dutchDay(fromOn)}`] : []),
    ...(toOn ? [`tot en met ${dutchDay(toOn)}`] : []),
    ...(clientId ? [`van cliënt ${clientId}`] : []),
    ...(coachId ? [`van coach ${coachId}`] : []),
  ];
}
