import { randomUUID } from 'node:crypto';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { open, seal } from '../common/cipher/cipher.js';
import type { Origin } from '../common/actor.js';
import { Clock } from '../common/clock.js';
import { Settings } from '../config/settings.js';
import type { Tx } from '../database/tx.js';
import { Housekeeping } from '../jobs/housekeeping.js';
import { Jobs } from '../jobs/jobs.js';

/** What may be asked for with nothing but an address. */
export type AskedFor = 'password_reset' | 'mail_sign_in';

export interface MailRequest {
  readonly purpose: AskedFor;
  readonly email: string;
  /** Slug of the practice that was named. */
  readonly practice?: string;
  /** Hash of the secret of the browser that asked. */
  readonly browser?: Buffer;
  readonly origin: Origin;
  readonly askedAt: Date;
}

export interface Addressee {
  readonly practiceId: string;
  readonly userId: string;
}

interface Row {
  readonly purpose: AskedFor;
  readonly email: Buffer;
  readonly practice_slug: string | null;
  readonly browser: Buffer | null;
  readonly address: string | null;
  readonly request_id: string;
  readonly asked_at: Date;
}

const KEPT_MS = 3_600_000;

/**
 * What strangers ask for with an address. The request writes down what was asked, and looks nobody up: it
 * takes the same time whether the address is known or not. A job finds out, and who asked never hears what.
 */
@Injectable()
export class MailRequests implements OnModuleInit {
  constructor(
    private readonly dataSource: DataSource,
    private readonly jobs: Jobs,
    private readonly housekeeping: Housekeeping,
    private readonly clock: Clock,
    private readonly settings: Settings,
  ) {}

  onModuleInit(): void {
    this.housekeeping.add('answered mail requests', (tx) => this.drop(tx));
  }

  async write(
    purpose: AskedFor,
    { email, practice }: { email: string; practice?: string },
    origin: Origin,
    browser?: Buffer,
  ): Promise<void> {
    // Not in the order of time: who learns one id guesses no other.
    const id = randomUUID();
    const sealed = seal(this.settings.mailRequestKey, placeOf(id), Buffer.from(email));
    await this.dataSource.transaction(async (manager) => {
      await manager.query(
        `insert into mail_requests (id, purpose, email, practice_slug, browser, address, request_id, asked_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)`,
        [
          id,
          purpose,
          sealed,
          practice ?? null,
          browser ?? null,
          origin.address ?? null,
          origin.requestId,
          this.clock.now(),
        ],
      );
      await this.jobs.enqueueOutside(manager, 'answer-mail-request', { requestId: id });
    });
  }

  /** @returns nothing when it was so long ago that nobody waits for an answer */
  async read(id: string): Promise<MailRequest | undefined> {
    const [row] = await this.dataSource.query<Row[]>('select * from lookup.mail_request($1)', [id]);
    if (!row) return undefined;
    return {
      purpose: row.purpose,
      email: open(this.settings.mailRequestKey, placeOf(id), row.email).toString(),
      ...(row.practice_slug && { practice: row.practice_slug }),
      ...(row.browser && { browser: row.browser }),
      origin: { requestId: row.request_id, ...(row.address && { address: row.address }) },
      askedAt: row.asked_at,
    };
  }

  /** Who signs in with the address, one in each practice that knows it. */
  async addressees({ email, practice }: MailRequest): Promise<Addressee[]> {
    const rows = await this.dataSource.query<{ practice_id: string; user_id: string }[]>(
      'select * from lookup.addressees($1, $2)',
      [email, practice ?? null],
    );
    return rows.map(({ practice_id, user_id }) => ({ practiceId: practice_id, userId: user_id }));
  }

  /** They are of no practice: whichever comes first tidies them up for all. */
  private async drop(tx: Tx): Promise<void> {
    const before = new Date(this.clock.now().getTime() - KEPT_MS);
    await tx.query('delete from mail_requests where asked_at < $1', [before]);
  }
}

const placeOf = (id: string): string => `mail_requests.email ${id}`;
