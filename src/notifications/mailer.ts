import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Injectable } from '@nestjs/common';
import { createTransport, type SendMailOptions, type Transporter } from 'nodemailer';
import { Clock } from '../common/clock.js';
import { Settings } from '../config/settings.js';

export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** What this mail says to the program that shows it, such as how to be left in peace. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** The mail server did not take a mail. What it said is left out: it quotes the address. */
export class MailNotSent extends Error {
  override readonly name = 'MailNotSent';

  constructor({ code, responseCode }: { code?: string; responseCode?: number }) {
    super(['The mail was not sent:', code, responseCode].filter(Boolean).join(' '));
  }
}

/** A mail server that says nothing for this long is taken for absent; the job tries again later. */
const PATIENCE_MS = 20_000;

/** No machine answers it: no "out of office" comes back (RFC 3834; the second is what Exchange listens to). */
const HEADERS = { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' };

/** Sends mail over SMTP; with a `file:` address each mail becomes an .eml file, to look at in development. */
@Injectable()
export class Mailer {
  private readonly transport: Transporter;
  private readonly folder?: string;

  constructor(
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {
    const { mailUrl } = settings;
    if (mailUrl.startsWith('file:')) this.folder = fileURLToPath(mailUrl);
    this.transport = this.folder
      ? createTransport({ streamTransport: true, buffer: true })
      : createTransport({
          url: mailUrl,
          disableFileAccess: true,
          disableUrlAccess: true,
          connectionTimeout: PATIENCE_MS,
          greetingTimeout: PATIENCE_MS,
          socketTimeout: PATIENCE_MS,
        });
  }

  /** @param jobId names the mail: one that is sent again, because nobody said that it arrived, is the same mail */
  async send(mail: Mail, jobId: string): Promise<void> {
    const { mailFrom } = this.settings;
    const options: SendMailOptions = {
      from: mailFrom,
      date: this.clock.now(),
      messageId: `<${jobId}@${domainOf(mailFrom)}>`,
      ...mail,
      headers: { ...HEADERS, ...mail.headers },
    };
    const { message } = (await this.transport.sendMail(options).catch((error: unknown) => {
      throw new MailNotSent(error as { code?: string; responseCode?: number });
    })) as { message?: Buffer };
    if (this.folder && message) await this.write(this.folder, message);
  }

  private async write(folder: string, message: Buffer): Promise<void> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const stamp = this.clock.now().toISOString().replaceAll(':', '');
    await writeFile(join(folder, `${stamp}-${randomUUID().slice(0, 8)}.eml`), message, { mode: 0o600 });
  }
}

/** The part behind the @, of `Name <address>` as of a bare address. */
const domainOf = (sender: string): string => /@([\w.-]+)>?\s*$/.exec(sender)?.[1] ?? 'localhost';
