import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Audit } from '../audit/audit.js';
import type { SystemTask } from '../common/actor.js';
import { isDataHeld } from '../clients/held-data.js';
import { Clock } from '../common/clock.js';
import { Tenant } from '../database/tenant.js';
import type { Tx } from '../database/tx.js';
import { Jobs, type Queues, taskOfJob } from '../jobs/jobs.js';
import type { PracticeWord } from '../practices/practice-word.entity.js';
import { PracticeVocabularyService } from '../practices/practice-vocabulary.service.js';
import { PracticesService } from '../practices/practices.service.js';
import { User } from '../users/user.entity.js';
import { Export, type ExportResult } from './export.entity.js';
import { type ExportFailure, failureOf, isTriedAgain } from './export-failure.js';
import { ExportFiles } from './export-files.js';
import { dutchMoment } from './documents/dutch-moment.js';
import type { Provenance } from './documents/printed.js';
import { FileFormats } from './formats/file-formats.js';
import { MOST_PRINTED_ROWS, TooManyRows } from './formats/pdf/pdf-rows.js';
import { Measure } from './formats/measure.js';
import { TextBroken } from './texts/open-notes.js';
import { ExportRun, Overtaken } from './export-run.js';
import { ExportSource, type Opened } from './export-source.js';
import { tellRequest } from './tell-request.js';

interface Begun {
  readonly run: ExportRun;
  readonly timeZone: string;
  readonly provenance: Provenance;
  /** The words of the practice, where they are not the shipped ones. */
  readonly adapted: readonly PracticeWord[];
}

/**
 * Makes the files of exports that were asked for. It bears a repeat and a crash: a run starts over from
 * the first row, and an export is ready only once its file is whole, on disk and under its own name.
 */
@Injectable()
export class ExportRunner implements OnModuleInit {
  private readonly logger = new Logger(ExportRunner.name);

  constructor(
    private readonly jobs: Jobs,
    private readonly tenant: Tenant,
    private readonly source: ExportSource,
    private readonly files: ExportFiles,
    private readonly formats: FileFormats,
    private readonly practices: PracticesService,
    private readonly vocabulary: PracticeVocabularyService,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.jobs.handle('run-export', (payload) => this.run(payload));
  }

  private async run({ practiceId, exportId }: Queues['run-export']): Promise<void> {
    const task = taskOfJob(practiceId, 'export');
    const begun = await this.begin(task, exportId);
    if (!begun) return;
    try {
      await this.make(task, begun);
    } catch (error) {
      await this.giveUp(begun.run, error);
    } finally {
      begun.run.rest();
    }
  }

  /** Makes this run the owner of the export, where it is still wanted. */
  private begin(task: SystemTask, id: string): Promise<Begun | undefined> {
    const { practiceId } = task;
    return this.tenant.change(task, async (tx) => {
      const copy = await tx.manager.findOne(Export, {
        where: { practiceId, id },
        lock: { mode: 'pessimistic_write' },
      });
      // The queue gives a long job out again while it still runs; whoever runs it shows that it lives.
      if (!copy?.isAwaited || copy.isAlive(this.clock.now())) return undefined;
      const hindrance = await this.hindranceOf(tx, copy);
      if (hindrance) {
        // An earlier run that was killed may have left half a file.
        await this.files.remove(copy);
        copy.fail(hindrance, this.clock.now());
        await tellRequest(tx, this.jobs, copy);
        this.audit.record(tx, { event: 'export.failed', ...about(copy), outcome: 'failed' });
        await tx.manager.save(copy);
        return undefined;
      }
      copy.start(this.clock.now(), this.files.newKey(copy));
      await tx.manager.save(copy);
      // A run that was cut off at once left nothing to change; the version still says that this one owns it.
      await tx.manager.increment(Export, { practiceId, id }, 'version', 1);
      copy.version += 1;
      const { timeZone, name: practice } = await this.practices.own(tx);
      const { name: madeBy } = await this.requesterOf(tx, copy);
      const madeAt = dutchMoment(copy.startedAt!, timeZone);
      const provenance = { practice, madeBy, purpose: copy.purpose, madeAt };
      const adapted = await this.vocabulary.adapted(tx);
      return { run: new ExportRun(this.tenant, task, this.clock, copy), timeZone, provenance, adapted };
    });
  }

  private async hindranceOf(tx: Tx, copy: Export): Promise<ExportFailure | undefined> {
    if (copy.hasRunEnough) return 'kept_failing';
    // What somebody asked of their own is owed to them, whoever approved it and whatever else they asked.
    if (copy.isForClient) return undefined;
    if (copy.records === 'dossier' && (await isDataHeld(tx, copy.clientId!))) return 'data_held';
    const requester = await this.requesterOf(tx, copy);
    const wanted = copy.isOfOwnClient ? 'coach' : 'admin';
    return requester.isDisabled || !requester.roles.includes(wanted) ? 'requester_left' : undefined;
  }

  private requesterOf(tx: Tx, { practiceId, requestedBy }: Export): Promise<User> {
    return tx.manager.findOneByOrFail(User, { practiceId, id: requestedBy });
  }

  private async make(task: SystemTask, begun: Begun): Promise<void> {
    const { run, timeZone } = begun;
    const counted = async (total: number): Promise<void> => {
      if (run.copy.format === 'pdf' && total > MOST_PRINTED_ROWS) throw new TooManyRows();
      await run.step((copy) => void (copy.rowsTotal = total));
    };
    run.beat(() => undefined);
    const opened = await this.source.open(task, run.copy, timeZone, counted);
    run.beat((error) => opened.source.destroy(error));
    const result = await this.write(begun, opened);
    await run.step(async (copy, tx) => {
      await this.files.publish(copy);
      copy.finish(result, this.clock.now());
      await tellRequest(tx, this.jobs, copy);
      const { rows: rowCount, sha256 } = result;
      const { clientIds } = opened;
      const what = { rowCount, ground: `sha256:${sha256}`, clientIds };
      this.audit.record(tx, { event: 'export.finished', ...about(copy), ...what });
    });
  }

  private async write(
    { run, provenance, timeZone, adapted }: Begun,
    { source, steps, progress }: Opened,
  ): Promise<ExportResult> {
    const passphrase = run.copy.handover === 'passphrase' ? this.files.passphraseOf(run.copy) : undefined;
    const dossier = { timeZone, passphrase, ...(progress && { progress: { figures: progress, adapted } }) };
    const rows = this.formats.rowsOf(run.copy, provenance, dossier);
    const measure = new Measure({ passing: () => run.report(rows.rows) });
    const all = [source, ...steps];
    await this.files
      .write(run.copy, source, ...steps, rows, measure)
      .finally(() => all.forEach((stream) => stream.destroy()));
    return { rows: rows.rows, bytes: measure.bytes, sha256: measure.sha256 };
  }

  /** Leaves no file behind, says why, and lets the queue try again; unless somebody else took it out of our hands. */
  private async giveUp(run: ExportRun, error: unknown): Promise<void> {
    const { copy } = run;
    if (error instanceof Overtaken) {
      // Where a later run runs or is ready, what lies there is its file.
      if (error.status === 'cancelled' || error.status === 'failed') await this.files.remove(copy);
      return;
    }
    const failure = failureOf(error);
    const failed = run.step(async (now, tx) => {
      now.fail(failure, this.clock.now());
      await tellRequest(tx, this.jobs, now);
      this.audit.record(tx, { event: 'export.failed', ...about(copy), outcome: 'failed' });
      if (error instanceof TextBroken) this.audit.record(tx, brokenSignature(error));
    });
    const [noted] = await Promise.allSettled([failed, this.files.remove(copy)]);
    // What comes of it the queue decides, by another try; and where not even that can be noted, the error is told.
    if (isTriedAgain(failure) || noted.status === 'rejected') throw error;
    this.logger.warn({ export: copy.id, failure });
  }
}

const about = ({ id }: Export) => ({ objectType: 'export', objectId: id });

const brokenSignature = ({ clientId, noteId }: TextBroken) => ({
  event: 'note.signature_broken',
  objectType: 'note',
  objectId: noteId,
  clientId,
  outcome: 'failed' as const,
});
