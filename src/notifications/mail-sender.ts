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
}

/** Writes mails in the name of a practice, and sends them. */
@Injectable()
export class MailSender {
  constructor(
    private readonly practices: PracticesService,
    private readonly mailer: Mailer,
    private readonly settings: Settings,
  ) {}

  async write(tx: Tx, { texts, to, path, at }: Letter): Promise<Mail> {
    const { email, name, language } = to;
    const { name: practice, timeZone } = await this.practices.own(tx);
    const when = at ? momentIn(timeZone, language).format(at) : '';
    const link = this.settings.portalUrl + path;
    return renderMail(texts[language]({ practice, when }), { to: email, name, practice, language, link });
  }

  /** After the transaction in which it was written: a code that is mailed is there. */
  async send(mail: Mail | undefined, jobId: string): Promise<void> {
    if (mail) await this.mailer.send(mail, jobId);
  }
}

const momentIn = (timeZone: string, language: Language): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat(language === 'nl' ? 'nl-NL' : 'en-GB', {
    timeZone,
    dateStyle: 'long',
    timeStyle: 'short',
  });
