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
}

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
      : createTransport(mailUrl, { disableFileAccess: true, disableUrlAccess: true });
  }

  async send(mail: Mail): Promise<void> {
    const options: SendMailOptions = { from: this.settings.mailFrom, date: this.clock.now(), ...mail };
    const { message } = (await this.transport.sendMail(options)) as { message?: Buffer };
    if (this.folder && message) await this.write(this.folder, message);
  }

  private async write(folder: string, message: Buffer): Promise<void> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const stamp = this.clock.now().toISOString().replaceAll(':', '');
    await writeFile(join(folder, `${stamp}-${randomUUID().slice(0, 8)}.eml`), message, { mode: 0o600 });
  }
}
