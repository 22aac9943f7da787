import { Injectable } from '@nestjs/common';
import { Settings } from '../config/settings.js';
import type { Language } from '../common/language.js';
import type { Tx } from '../database/tx.js';
import { PracticesService } from '../practices/practices.service.js';
import type { MailTexts } from './mail-text.js';
import { type Mail, Mailer } from './mailer.js';
import { renderMail } from './render-mail.js';

/** One mail: which words, to whom, and where its link leads. */
export interface Letter {
  readonly texts: MailTexts;
  readonly to: { readonly email: string; readonly name: string; readonly language: Language };
  /** Below the address of the portal, such as `/invitations/…`. */
  readonly path: string;
  /** When it happened, where the mail says so. */
  readonly at?: Date;
  /** Where one is left in peace: a page of the portal, and the address that a mail program posts to (RFC 8058). */
  readonly leave?: { readonly path: string; readonly oneClick: string };
}

/** Writes mails in the name of a practice, and sends them. */
@Injectable()
export class MailSender {
  constructor(
    private readonly practices: PracticesService,
    private readonly mailer: Mailer,
    private readonly settings: Settings,
  ) {}

  async write(tx: Tx, { texts, to, path, at, leave }: Letter): Promise<Mail> {
    const { email, name, language } = to;
    const { name: practice, timeZone } = await this.practices.own(tx);
    const when = at ? momentIn(timeZone, language).format(at) : '';
    const link = this.settings.portalUrl + path;
    const leaveLink = leave && this.settings.portalUrl + leave.path;
    const envelope = { to: email, name, practice, language, link, ...(leaveLink && { leaveLink }) };
    const mail = renderMail(texts[language]({ practice, when }), envelope);
    return leave ? { ...mail, headers: oneClickHeaders(leave.oneClick) } : mail;
  }

  /** After the transaction in which it was written: a code that is mailed is there. */
  async send(mail: Mail | undefined, jobId: string): Promise<void> {
    if (mail) await this.mailer.send(mail, jobId);
  }
}

/** With which a mail program shows a button of its own (RFC 2369, RFC 8058). */
const oneClickHeaders = (address: string): Record<string, string> => ({
  'List-Unsubscribe': `<${address}>`,
  'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
});

const momentIn = (timeZone: string, language: Language): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat(language === 'nl' ? 'nl-NL' : 'en-GB', {
    timeZone,
    dateStyle: 'long',
    timeStyle: 'short',
  });
