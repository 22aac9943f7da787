import { randomUUID } from 'node:crypto';
import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { DataSource, LessThan } from 'typeorm';
import { Audit } from '../../audit/audit.js';
import { Clock } from '../../common/clock.js';
import { addDays, dayIn } from '../../common/day.js';
import { loggedError } from '../../common/logged-error.js';
import { Settings } from '../../config/settings.js';
import { Tenant } from '../../database/tenant.js';
import type { Tx } from '../../database/tx.js';
import { expectedOn, planOf } from '../../homework/assignments/occurrences.js';
import { Housekeeping } from '../../jobs/housekeeping.js';
import { Jobs, taskOfJob } from '../../jobs/jobs.js';
import { newSecretCode } from '../../users/secret-code.js';
import { MailSender } from '../mail-sender.js';
import type { Mail } from '../mailer.js';
import { reminder } from '../texts/reminder.js';
import { ReminderDay } from './reminder-day.entity.js';
import { claimDay, type Standing, standing, type Wish, wishes } from './reminder.queries.js';
import { dueDay } from './reminder-times.js';

/** After so many that nobody answered it stays silent, until the client comes back by themselves. */
const UNANSWERED = 3;

/** So long a mail may lie, and its link still leave its reader in peace. */
const KEPT_DAYS = 400;

/** Some reminders were not sent; the log says whose, and why. */
export class RemindersFailed extends Error {
  override readonly name = 'RemindersFailed';
}

/**
 * Every few minutes: who chose to be reminded about now, and has something there, is sent one mail. The day is claimed
 * first, in a transaction of its own. Who crashes in between has sent nothing, and nobody tries again.
 */
@Injectable()
export class ReminderRound implements OnModuleInit {
  private readonly logger = new Logger(ReminderRound.name);

  constructor(
    private readonly dataSource: DataSource,
    private readonly tenant: Tenant,
    private readonly jobs: Jobs,
    private readonly housekeeping: Housekeeping,
    private readonly sender: MailSender,
    private readonly audit: Audit,
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.jobs.handle('send-reminders', () => this.run());
    this.housekeeping.add('days of reminders', (tx) => this.forget(tx));
  }

  /** @throws RemindersFailed at the end; one that fails hinders no other */
  async run(): Promise<void> {
    let failures = 0;
    for (const practiceId of await this.practiceIds()) {
      for (const wish of await this.dueIn(practiceId)) {
        if (!(await this.isDone(practiceId, wish))) failures += 1;
      }
    }
    if (failures > 0) throw new RemindersFailed(`${failures} reminders were not sent`);
  }

  private dueIn(practiceId: string): Promise<Due[]> {
    const now = this.clock.now();
    return this.tenant.read(taskOfJob(practiceId, 'reminders'), async (tx) =>
      (await wishes(tx)).flatMap((wish) => {
        const day = dueDay(wish, wish.timeZone, now);
        return day === undefined ? [] : { clientId: wish.clientId, day };
      }),
    );
  }

  private async isDone(practiceId: string, due: Due): Promise<boolean> {
    try {
      const task = taskOfJob(practiceId, 'reminders');
      const mail = await this.tenant.change(task, (tx) => this.claim(tx, due));
      if (!mail) return true;
      await this.sender.send(mail, randomUUID());
      await this.tenant.change(task, (tx) => this.keep(tx, due));
      return true;
    } catch (error) {
      this.logger.error({ practice: practiceId, client: due.clientId, err: loggedError(error) });
      return false;
    }
  }

  /** @returns the mail to send, for who got the day; nothing where there is nothing to say, or it was said */
  private async claim(tx: Tx, { clientId, day }: Due): Promise<Mail | undefined> {
    const now = this.clock.now();
    const to = await standing(tx, { clientId, day, now });
    if (!to || to.unanswered >= UNANSWERED || to.thisWeek >= to.mostPerWeek) return undefined;
    const about = { hasHomework: hasHomework(to, day), hasAppointment: to.hasAppointment };
    if (!about.hasHomework && !about.hasAppointment) return undefined;
    const { code, hash } = newSecretCode(tx.practiceId);
    if (!(await claimDay(tx, { clientId, coachId: to.coachId, day, hash, now }))) return undefined;
    const oneClick = `${this.settings.apiUrl}/v1/reminders/unsubscriptions/${code}`;
    const leave = { path: `/reminders/${code}`, oneClick };
    return this.sender.write(tx, { texts: reminder(about), to, path: '/today', leave });
  }

  private async keep(tx: Tx, { clientId, day }: Due): Promise<void> {
    const key = { practiceId: tx.practiceId, clientId, onDay: day };
    await tx.manager.update(ReminderDay, key, { sentAt: this.clock.now() });
    this.audit.record(tx, {
      event: 'reminder.sent',
      clientId,
      objectType: 'reminders',
      objectId: clientId,
    });
  }

  private async forget(tx: Tx): Promise<void> {
    const before = addDays(dayIn('UTC', this.clock.now()), -KEPT_DAYS);
    await tx.manager.delete(ReminderDay, { practiceId: tx.practiceId, onDay: LessThan(before) });
  }

  private async practiceIds(): Promise<string[]> {
    const rows = await this.dataSource.query<{ id: string }[]>('select lookup.practice_ids() as id');
    return rows.map(({ id }) => id);
  }
}

interface Due extends Pick<Wish, 'clientId'> {
  readonly day: string;
}

/** Whether there is still something that the day may hold; what was logged, in whatever way, is not brought up again. */
const hasHomework = ({ assignments }: Standing, day: string): boolean =>
  assignments.some((assignment) => {
    // Of a pause nothing is known here: what rests is not read.
    const plan = planOf({ ...assignment, endedAt: null }, [], 'UTC');
    return (expectedOn(plan, day) ?? 1) > assignment.logged;
  });
