import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Client } from '../clients/client.entity.js';
import type { Language } from '../common/language.js';
import { Tenant } from '../database/tenant.js';
import type { Tx } from '../database/tx.js';
import { type DataRequestNews, Jobs, type Queues, taskOfJob } from '../jobs/jobs.js';
import { User } from '../users/user.entity.js';
import { type Letter, MailSender } from './mail-sender.js';
import { copyForClient, dataRequestAsked, dataRequestNews } from './texts/data-request.js';

type Payload = Queues['mail-data-request'];

/** What a mail is about: no more of the request than this leaves the database. */
interface MailedRequest {
  readonly clientId: string;
  readonly kind: string;
  readonly status: string;
  /** The day until which it can be called off, as a date that a person reads; absent where there is none. */
  readonly erasesOn: string | null;
}

/**
 * Tells clients that there is news of what they asked about their data, and admins that something was asked. What it is and
 * what is answered is behind the sign-in: a mail is read by many eyes.
 */
@Injectable()
export class DataRequestMails implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly tenant: Tenant,
    private readonly sender: MailSender,
  ) {}

  onModuleInit(): void {
    this.jobs.handle('mail-data-request', async (payload, jobId) => {
      const mail = await this.tenant.change(taskOfJob(payload.practiceId, 'mail'), async (tx) => {
        const letter = await this.compose(tx, payload);
        return letter && this.sender.write(tx, letter);
      });
      await this.sender.send(mail, jobId);
    });
  }

  private async compose(tx: Tx, payload: Payload): Promise<Letter | undefined> {
    const request = await findRequest(tx, payload.requestId);
    // Erased since: there is nobody left to write to.
    if (!request) return undefined;
    if (payload.news === 'asked') return this.toAdmins(tx, payload);
    if (payload.news === 'copy_in_portal' || payload.news === 'copy_to_hand_over') {
      return this.toCoach(tx, request, payload.news);
    }
    return this.toClient(tx, request, payload.news, payload.requestId);
  }

  /** A job for each admin: a mailbox that refuses makes nobody else get a second one. */
  private async toAdmins(tx: Tx, payload: Payload): Promise<Letter | undefined> {
    const { practiceId, requestId, userId } = payload;
    const users = await tx.manager.findBy(User, { practiceId, ...(userId && { id: userId }) });
    const admins = users.filter(({ roles, isDisabled }) => roles.includes('admin') && !isDisabled);
    if (userId) {
      const [to] = admins;
      return to && { texts: dataRequestAsked, to, path: `/data-requests/${requestId}` };
    }
    for (const { id } of admins) {
      await this.jobs.enqueue(tx, 'mail-data-request', { ...payload, userId: id });
    }
    return undefined;
  }

  /** Who has no login is written to at the address in their file; who has none either is told by the practice. */
  private async toClient(
    tx: Tx,
    { clientId, kind, erasesOn }: MailedRequest,
    news: Exclude<DataRequestNews, 'asked' | 'copy_in_portal' | 'copy_to_hand_over'>,
    requestId: string,
  ): Promise<Letter | undefined> {
    const { practiceId } = tx;
    const client = await tx.manager.findOneBy(Client, { practiceId, id: clientId });
    const user = client?.userId && (await tx.manager.findOneBy(User, { practiceId, id: client.userId }));
    const to = user && !user.isDisabled ? user : client;
    if (!to?.email) return undefined;
    const { email, name, language } = to;
    const texts = dataRequestNews(news, {
      erasesOn: kind === 'erasure' && erasesOn !== null ? inWords(erasesOn) : undefined,
      hasLogin: to === user,
    });
    const path = to === user ? `/data-requests/${requestId}` : '';
    return { texts, to: { email, name, language }, path };
  }

  /** The coach knows the client: that a copy leaves is told to them, whoever approved it. */
  private async toCoach(
    tx: Tx,
    { clientId }: MailedRequest,
    handover: 'copy_in_portal' | 'copy_to_hand_over',
  ): Promise<Letter | undefined> {
    const { practiceId } = tx;
    const client = await tx.manager.findOneBy(Client, { practiceId, id: clientId });
    const coach = client && (await tx.manager.findOneBy(User, { practiceId, id: client.coachId }));
    if (!coach || coach.isDisabled) return undefined;
    return { texts: copyForClient[handover], to: coach, path: `/clients/${clientId}` };
  }
}

async function findRequest(tx: Tx, id: string): Promise<MailedRequest | undefined> {
  const [request] = await tx.query<MailedRequest>(
    `select client_id as "clientId", kind, status, erases_on::text as "erasesOn" from data_requests
      where practice_id = $1 and id = $2`,
    [tx.practiceId, id],
  );
  return request;
}

/** A day as people say it: "9 maart 2026". */
const inWords = (day: string): Readonly<Record<Language, string>> => {
  const said = (locale: string) =>
    new Intl.DateTimeFormat(locale, { timeZone: 'UTC', dateStyle: 'long' }).format(new Date(day));
  return { nl: said('nl-NL'), en: said('en-GB') };
};
