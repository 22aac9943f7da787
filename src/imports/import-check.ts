import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import type { Tx } from '../database/tx.js';
import { PracticesService } from '../practices/practices.service.js';
import type { Import, ImportRecords } from './import.entity.js';
import { Findings } from './import-problems.js';
import { readFile } from './reading/read-file.js';
import { ClientsImport } from './records/clients-import.js';
import { NotesImport } from './records/notes-import.js';
import type { RecordImport } from './records/record-import.js';
import { SessionsImport } from './records/sessions-import.js';

/** A file that was held against what is on file. */
export interface Checked {
  readonly rowCount: number;
  readonly findings: Findings;
  /** How many rows there are to write. */
  readonly fresh: number;
  /** Writes them. @returns whose files they went into */
  readonly write: (tx: Tx) => Promise<string[]>;
}

/** Looks whether a file can be brought in: the dry run, and the same again before anything is written. */
@Injectable()
export class ImportCheck {
  private readonly kinds: Readonly<Record<ImportRecords, RecordImport<unknown>>>;

  constructor(
    clients: ClientsImport,
    sessions: SessionsImport,
    notes: NotesImport,
    private readonly practices: PracticesService,
    private readonly clock: Clock,
  ) {
    this.kinds = { clients, sessions, notes };
  }

  async check(tx: Tx, brought: Import, content: Buffer): Promise<Checked> {
    const { records, format, coaches, id: importId, requestedBy } = brought;
    const findings = new Findings();
    const file = readFile(content, format, findings);
    const now = this.clock.now();
    const kind = this.kinds[records];
    const { timeZone } = await this.practices.own(tx);
    const rows =
      file.rows.length === 0 ? [] : await kind.check(tx, file, { timeZone, now, format, coaches }, findings);
    return {
      rowCount: file.rows.length,
      findings,
      fresh: rows.length,
      write: (writing) => kind.write(writing, rows, { importId, requestedBy, now }),
    };
  }
}
