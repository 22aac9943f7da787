import { Transform, type TransformCallback } from 'node:stream';
import { type ZipPart, ZipOut } from '../../../common/zip-out.js';
import type { Rows } from '../rows.js';
import { SHEET_END, type SheetColumn, sheetRow, sheetStart, workbookParts } from './sheet-xml.js';

const LINE_FEED = 0x0a;
/** As many rows as a sheet can hold, with its header; what comes after goes on another. */
const ROWS_OF_A_SHEET = 1_048_576;

/** What a workbook is to be. */
export interface Book {
  readonly title: string;
  readonly columns: readonly SheetColumn[];
  readonly at: Date;
}

/**
 * One JSON object a line becomes a row of an Excel workbook, with cells that are numbers, days and instants where the
 * records hold those. Row by row: of the sheet no more is held than is on its way.
 */
export class XlsxRows extends Transform implements Rows {
  rows = 0;
  private readonly zip: ZipOut;
  private rest: Buffer = Buffer.alloc(0);
  private sheet?: ZipPart;
  private sheets = 0;
  /** Rows on this sheet, its header among them. */
  private onSheet = 0;
  private goOn?: () => void;

  constructor(
    private readonly book: Book,
    private readonly rowsOfASheet = ROWS_OF_A_SHEET,
  ) {
    super();
    this.zip = new ZipOut((bytes) => this.handOn(bytes), book.at);
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    const all = Buffer.concat([this.rest, chunk]);
    const end = all.lastIndexOf(LINE_FEED) + 1;
    this.rest = all.subarray(end);
    this.writeLines(all.toString('utf8', 0, end).split('\n').slice(0, -1)).then(() => done(), done);
  }

  override _flush(done: TransformCallback): void {
    this.finish().then(() => done(), done);
  }

  override _read(size: number): void {
    const { goOn } = this;
    this.goOn = undefined;
    goOn?.();
    super._read(size);
  }

  private async writeLines(lines: readonly string[]): Promise<void> {
    let rows = '';
    for (const line of lines) {
      if (!this.sheet || this.onSheet === this.rowsOfASheet) {
        await this.put(rows);
        await this.beginSheet();
        rows = '';
      }
      this.onSheet += 1;
      this.rows += 1;
      rows += sheetRow(this.book.columns, JSON.parse(line) as Record<string, unknown>, this.onSheet);
    }
    await this.put(rows);
  }

  private async beginSheet(): Promise<void> {
    await this.endSheet();
    this.sheets += 1;
    this.onSheet = 1;
    this.sheet = this.zip.begin(`xl/worksheets/sheet${this.sheets}.xml`);
    await this.put(sheetStart(this.book.columns));
  }

  private async endSheet(): Promise<void> {
    await this.put(SHEET_END);
    await this.sheet?.end();
  }

  private async put(xml: string): Promise<void> {
    if (xml !== '') await this.sheet?.write(Buffer.from(xml));
  }

  private async finish(): Promise<void> {
    if (!this.sheet) await this.beginSheet();
    await this.endSheet();
    const { title } = this.book;
    const titles = Array.from({ length: this.sheets }, (_, i) => (i === 0 ? title : `${title} ${i + 1}`));
    for (const [name, xml] of Object.entries(workbookParts(titles))) {
      await this.zip.add(name, Buffer.from(xml));
    }
    await this.zip.close();
  }

  /** Resolves when whoever reads has room for more. */
  private handOn(bytes: Uint8Array): Promise<void> {
    if (this.push(bytes)) return Promise.resolve();
    return new Promise((resolve) => {
      this.goOn = resolve;
    });
  }
}
