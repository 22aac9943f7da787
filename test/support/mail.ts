import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SMTPServer } from 'smtp-server';
import type { TestApp } from './app.js';

/** A mail as it came over the wire, taken apart. */
export interface ReadMail {
  readonly to: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  readonly html: string;
  /** As it came, with all of its head. */
  readonly raw: string;
}

/** A real SMTP server on this machine, which keeps what it is given. */
export interface MailServer {
  readonly port: number;
  readonly received: ReadMail[];
  /** Takes no mail as long as this is set. */
  refusing: boolean;
  /** Takes the mail and says that it did not, as a connection that breaks at the last moment does. */
  forgetful: boolean;
  /** The newest mail to an address. */
  newest(to: string): ReadMail;
  /** The code in the link of the newest mail to an address. */
  code(to: string, path: string): string;
  stop(): Promise<void>;
}

export async function startMailServer(): Promise<MailServer> {
  const received: ReadMail[] = [];
  const state = { refusing: false, forgetful: false };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: ({ address }, _, done) => {
      done(state.refusing ? Object.assign(new Error(`No mailbox ${address}`), { responseCode: 550 }) : null);
    },
    onData: (stream, { envelope }, done) => {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        received.push(readMail(Buffer.concat(parts).toString(), envelope.rcptTo[0]!.address));
        done(state.forgetful ? Object.assign(new Error('Something broke'), { responseCode: 451 }) : null);
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as { port: number };
  const newest = (to: string): ReadMail => {
    const mail = received.filter((one) => one.to === to).at(-1);
    if (!mail) throw new Error(`No mail came to ${to}`);
    return mail;
  };
  return Object.assign(state, {
    port,
    received,
    newest,
    code: (to: string, path: string) => codeIn(newest(to).text, path),
    stop: () => new Promise<void>((resolve) => server.close(resolve)),
  });
}

export function codeIn(text: string, path: string): string {
  const code = new RegExp(`/${path}/([\\w-]+\\.[\\w-]+)`).exec(text)?.[1];
  if (!code) throw new Error(`No link to ${path} in: ${text}`);
  return code;
}

/** Every mail that an application wrote to its folder, oldest first. */
export function mailsOf(app: TestApp): ReadMail[] {
  const folder = join(app.folder, 'mail');
  return readdirSync(folder)
    .sort()
    .map((file) => readMail(readFileSync(join(folder, file), 'utf8')));
}

function readMail(raw: string, to?: string): ReadMail {
  const [head, body] = split(raw);
  const headers = headersOf(head);
  const boundary = /boundary="?([^";]+)/.exec(headers['content-type'] ?? '')![1]!;
  const parts = body
    .split(`--${boundary}`)
    .slice(1, -1)
    .map((part) => split(part.replace(/^\r?\n/, '')));
  const [text, html] = parts.map(([partHead, partBody]) => decoded(headersOf(partHead), partBody));
  return { to: to ?? headers['to']!, headers, text: text!, html: html!, raw };
}

function split(raw: string): [string, string] {
  const [, head, body] = /^([\s\S]*?)\r?\n\r?\n([\s\S]*)$/.exec(raw)!;
  return [head!, body!];
}

function headersOf(head: string): Record<string, string> {
  const lines = head.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/);
  return Object.fromEntries(
    lines.map((line) => {
      const [, name, value] = /^([^:]+):\s*(.*)$/.exec(line)!;
      return [name!.toLowerCase(), words(value!)];
    }),
  );
}

/** Encoded words in a header (RFC 2047). */
function words(value: string): string {
  return value
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?(Q|B)\?([^?]*)\?=/gi, (_, kind: string, text: string) =>
      kind.toUpperCase() === 'B' ? Buffer.from(text, 'base64').toString() : quoted(text.replaceAll('_', ' ')),
    );
}

function decoded(headers: Record<string, string>, body: string): string {
  const encoding = headers['content-transfer-encoding'];
  const text =
    encoding === 'base64'
      ? Buffer.from(body, 'base64').toString()
      : encoding === 'quoted-printable'
        ? quoted(body)
        : body;
  return text.replaceAll('\r\n', '\n');
}

function quoted(text: string): string {
  const bytes = text
    .replace(/=\r?\n/g, '')
    .replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString();
}
