import { Injectable, type OnModuleInit } from '@nestjs/common';
import { isDataHeld } from '../clients/held-data.js';
import { Clock } from '../common/clock.js';
import { Tenant } from '../database/tenant.js';
import type { Tx } from '../database/tx.js';
import { Jobs, type Queues, taskOfJob } from '../jobs/jobs.js';
import { PracticesService } from '../practices/practices.service.js';
import { AddressChange } from '../users/address-change.entity.js';
import { Login } from '../users/login.entity.js';
import { MailRequests } from '../users/mail-requests.js';
import { OneTimeTokens } from '../users/one-time-tokens.js';
import { User } from '../users/user.entity.js';
import { type Letter, MailSender } from './mail-sender.js';
import { addressChange } from './texts/address-change.js';
import { addressChangeNotice } from './texts/address-change-notice.js';
import { factorChanged } from './texts/factor-changed.js';
import { mailSignIn } from './texts/mail-sign-in.js';
import { newDevice } from './texts/new-device.js';
import { passwordChanged } from './texts/password-changed.js';
import { passwordReset } from './texts/password-reset.js';
import { tensionAlarm } from './texts/tension-alarm.js';

/** The mails about somebody's own account. Their codes are made here: the queue knows no more than ids. */
@Injectable()
export class AccountMails implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly tenant: Tenant,
    private readonly tokens: OneTimeTokens,
    private readonly requests: MailRequests,
    private readonly practices: PracticesService,
    private readonly sender: MailSender,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.handle('mail-password-reset', (tx, { userId }, jobId) => this.passwordReset(tx, userId, jobId));
    this.handle('mail-password-changed', (tx, { userId }) => this.passwordChanged(tx, userId));
    this.handle('mail-factor-changed', (tx, { userId }) => this.factorChanged(tx, userId));
    this.handle('mail-sign-in', (tx, payload, jobId) => this.signIn(tx, payload, jobId));
    this.handle('mail-address-change', (tx, payload, jobId) => this.addressChange(tx, payload, jobId));
    this.handle('mail-address-change-notice', (tx, payload, jobId) => this.notice(tx, payload, jobId));
    this.handle('mail-tension-alarm', (tx, payload) => this.tensionAlarm(tx, payload));
    this.handle('mail-new-device', (tx, { loginId }) => this.newDevice(tx, loginId));
  }

  private handle<Q extends AccountQueue>(
    queue: Q,
    compose: (tx: Tx, payload: Queues[Q], jobId: string) => Promise<Letter | undefined>,
  ): void {
    this.jobs.handle(queue, async (payload, jobId) => {
      const mail = await this.tenant.change(taskOfJob(payload.practiceId, 'mail'), async (tx) => {
        const letter = await compose(tx, payload, jobId);
        return letter && this.sender.write(tx, letter);
      });
      await this.sender.send(mail, jobId);
    });
  }

  private async passwordReset(tx: Tx, userId: string, jobId: string): Promise<Letter | undefined> {
    const to = await this.find(tx, userId);
    if (!to) return undefined;
    const { email } = to;
    const code = await this.tokens.mint(tx, { purpose: 'password_reset', person: { userId }, email, jobId });
    return code ? { texts: passwordReset, to, path: `/password-resets/${code}` } : undefined;
  }

  private async passwordChanged(tx: Tx, userId: string): Promise<Letter | undefined> {
    const to = await this.find(tx, userId);
    return to && { texts: passwordChanged, to, path: '/password-resets', at: this.clock.now() };
  }

  private async factorChanged(tx: Tx, userId: string): Promise<Letter | undefined> {
    const to = await this.find(tx, userId);
    return to && { texts: factorChanged, to, path: '/second-factor', at: this.clock.now() };
  }

  private async signIn(
    tx: Tx,
    { userId, requestId }: Queues['mail-sign-in'],
    jobId: string,
  ): Promise<Letter | undefined> {
    const to = await this.find(tx, userId);
    const request = await this.requests.read(requestId);
    const practice = await this.practices.own(tx);
    if (!to?.isOnlyClient || !practice.mailSignIn || !request) return undefined;
    const { email } = to;
    const { askedAt, browser } = request;
    const wanted = { purpose: 'mail_sign_in', person: { userId }, email, jobId, askedAt, browser } as const;
    const code = await this.tokens.mint(tx, wanted);
    return code ? { texts: mailSignIn, to, path: `/mail-sign-ins/${code}` } : undefined;
  }

  private async addressChange(tx: Tx, about: AboutChange, jobId: string): Promise<Letter | undefined> {
    const change = await this.change(tx, about);
    const to = change.isPending ? await this.find(tx, change.userId) : undefined;
    if (!to) return undefined;
    const email = change.newEmail;
    const code = await this.tokens.mint(tx, { purpose: 'address_change', email, jobId, ...ofChange(change) });
    if (!code) return undefined;
    return { texts: addressChange, to: { ...to, email }, path: `/address-changes/${code}` };
  }

  /** It is told even if it was confirmed within the minute. */
  private async notice(tx: Tx, about: AboutChange, jobId: string): Promise<Letter | undefined> {
    const change = await this.change(tx, about);
    const to = await this.find(tx, change.userId);
    if (!to) return undefined;
    const email = change.oldEmail;
    const purpose = 'address_change_cancellation';
    const code = await this.tokens.mint(tx, { purpose, email, jobId, ...ofChange(change) });
    if (!code) return undefined;
    const path = `/address-changes/${code}/cancellation`;
    return { texts: addressChangeNotice, to: { ...to, email }, path, at: change.requestedAt };
  }

  private async newDevice(tx: Tx, loginId: string): Promise<Letter | undefined> {
    const login = await tx.manager.findOneByOrFail(Login, { practiceId: tx.practiceId, id: loginId });
    const to = await this.find(tx, login.userId);
    return to && { texts: newDevice, to, path: '/logins', at: login.createdAt };
  }

  private async tensionAlarm(
    tx: Tx,
    { userId, clientId }: Queues['mail-tension-alarm'],
  ): Promise<Letter | undefined> {
    if (await isDataHeld(tx, clientId)) return undefined;
    const to = await this.find(tx, userId);
    return to && { texts: tensionAlarm, to, path: `/clients/${clientId}` };
  }

  /** Who was disabled since is told nothing any more. */
  private async find(tx: Tx, id: string): Promise<User | undefined> {
    const user = await tx.manager.findOneByOrFail(User, { practiceId: tx.practiceId, id });
    return user.isDisabled ? undefined : user;
  }

  private change(tx: Tx, { addressChangeId: id }: AboutChange): Promise<AddressChange> {
    return tx.manager.findOneByOrFail(AddressChange, { practiceId: tx.practiceId, id });
  }
}

type AccountQueue =
  | 'mail-password-reset'
  | 'mail-password-changed'
  | 'mail-factor-changed'
  | 'mail-sign-in'
  | 'mail-address-change'
  | 'mail-address-change-notice'
  | 'mail-tension-alarm'
  | 'mail-new-device';
type AboutChange = Queues['mail-address-change'];

const ofChange = ({ id, userId }: AddressChange) => ({ person: { userId }, addressChangeId: id });
