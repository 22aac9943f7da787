import type { Readable, Transform } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { escapeLiteral } from 'pg';
import type { SystemTask } from '../common/actor.js';
import { type Ask, Streams } from '../database/streams.js';
import { Progress } from '../progress/progress.js';
import type { ProgressView } from '../progress/progress.dto.js';
import type { Export } from './export.entity.js';
import { csvLine } from './formats/csv-line.js';
import { chosenColumns, type Counted, copyStatement, countStatement } from './records/copy-statement.js';
import { dossierStatement } from './dossier/dossier-statement.js';
import { OpenedDossier } from './dossier/opened-dossier.js';
import { NoteThreads } from './texts/note-threads.js';
import { notesByCoachStatement, sealedNotesStatement } from './texts/sealed-notes.js';
import type { TextSetup } from './texts/text-task.js';

/** Since the coaches approved, notes of another coach came in: the approval does not cover what would leave. */
export class ApprovalOutdated extends Error {
  override readonly name = 'ApprovalOutdated';
}

/** The rows of an export as they come out of the database, in one snapshot. */
export interface Opened {
  readonly source: Readable;
  /** What stands between the rows and their file: texts are opened there. */
  readonly steps: readonly Transform[];
  /** Whose files are in it. */
  readonly clientIds: readonly string[];
  /** How it goes with the client of a dossier, for who sees that. */
  readonly progress?: ProgressView | undefined;
}

/** Reads what an export is to hold: counts and copies it in one moment, as the task that may see no more. */
@Injectable()
export class ExportSource {
  constructor(
    private readonly streams: Streams,
    private readonly threads: NoteThreads,
    private readonly progress: Progress,
  ) {}

  /**
   * @param counted is told how many rows there are, before the first of them
   * @throws ApprovalOutdated
   */
  async open(
    task: SystemTask,
    copy: Export,
    timeZone: string,
    counted: (rows: number) => Promise<void>,
  ): Promise<Opened> {
    const statement = statementOf(copy, timeZone);
    let clientIds: readonly string[] = [];
    let setup: TextSetup | undefined;
    let progress: ProgressView | undefined;
    const source = await this.streams.copy(task, statement, async (ask) => {
      if (copy.bodies) await this.openApproved(ask, copy, timeZone);
      const [{ rows, clients }] = (await ask<Counted>(countStatement(copy, timeZone))) as [Counted];
      clientIds = clients ?? [];
      if (copy.bodies) setup = await this.threads.setUp(ask, copy, clientIds);
      if (copy.showsProgress) progress = await this.progressOf(ask, copy);
      await counted(rows);
    });
    if (copy.records === 'dossier') {
      const none = {
        practiceId: copy.practiceId,
        line: { form: 'json' } as const,
        clientIds: [],
        keys: new ArrayBuffer(0),
      };
      return { source, steps: [new OpenedDossier(setup ?? none, copy.clientId!)], clientIds, progress };
    }
    return { source, steps: setup ? this.opening(copy, setup) : [], clientIds };
  }

  /** Lets the database open the texts of the coaches who approved, or of the client whose copy it is, in this transaction. */
  private async openApproved(ask: Ask, copy: Export, timeZone: string): Promise<void> {
    if (copy.isForClient) {
      await ask(`set local app.copied_client = ${escapeLiteral(copy.clientId!)}`);
      return;
    }
    const approved = await ask<{ coachId: string }>(
      `select coach_id as "coachId" from export_approvals
        where practice_id = ${escapeLiteral(copy.practiceId)}::uuid and export_id = ${escapeLiteral(copy.id)}::uuid
          and decision = 'approved'`,
    );
    const ids = approved.map(({ coachId }) => coachId);
    const concerned = await ask<{ coachId: string }>(notesByCoachStatement(copy, timeZone));
    if (concerned.some(({ coachId }) => !ids.includes(coachId))) throw new ApprovalOutdated();
    await ask(`set local app.approved_coaches = ${escapeLiteral(ids.join(','))}`);
    // In a dossier that a coach makes of their own client stands all that they see, and not texts of notes alone.
    if (copy.isOfOwnClient) await ask(`set local app.user_id = ${escapeLiteral(copy.requestedBy)}`);
  }

  /** A coach sees of it what the client shares; the client sees all of their own. */
  private progressOf(
    ask: Ask,
    { practiceId, clientId, isForClient }: Export,
  ): Promise<ProgressView | undefined> {
    const whose = { clientId: clientId!, isShared: !isForClient };
    return this.progress.ofWholeFile({ practiceId, query: ask }, whose);
  }

  private opening(copy: Export, setup: TextSetup): Transform[] {
    const opened = this.threads.start(setup);
    // Where Postgres writes the CSV it writes the header too.
    if (setup.line.form === 'csv') {
      const names = chosenColumns(copy).map(([name]) => name);
      opened.push(csvLine(names, setup.line.delimiter));
    }
    return [opened];
  }
}

function statementOf(copy: Export, timeZone: string): string {
  if (copy.records === 'dossier') return dossierStatement(copy);
  return copy.bodies ? sealedNotesStatement(copy, timeZone) : copyStatement(copy, timeZone);
}
