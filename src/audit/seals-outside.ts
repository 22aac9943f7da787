import { createHmac } from 'node:crypto';
import { appendFile, readFile } from 'node:fs/promises';
import { Injectable } from '@nestjs/common';
import { Settings } from '../config/settings.js';
import type { Seal } from './chain.js';

/** What is told of a seal: enough to hold it to, and nothing of what it seals. */
export interface ToldSeal {
  readonly practiceId: string;
  readonly number: number;
  readonly hash: string;
  readonly rowCount: number;
  readonly sealedAt: string;
}

const ANSWERS_WITHIN_MS = 10_000;

/** The receiver of the seals did not take them; they are told again in the next round. */
export class SealsNotTaken extends Error {
  override readonly name = 'SealsNotTaken';
}

/**
 * The seals out of reach of whoever owns the database: appended to a file, sent to an address, or both. Who
 * rewrites history and seals it anew has to do so there too.
 */
@Injectable()
export class SealsOutside {
  private readonly inFile = new Map<string, number>();
  private readonly sent = new Map<string, number>();
  private fileRead?: Promise<void>;

  constructor(private readonly settings: Settings) {}

  get isSetUp(): boolean {
    return Boolean(this.settings.sealsFile ?? this.settings.sealsWebhook);
  }

  /** The number of the last seal of a chain that everywhere outside has; 0 for none. */
  async lastTold(practiceId: string): Promise<number> {
    await this.readFileOnce();
    const places = [
      ...(this.settings.sealsFile ? [this.inFile.get(practiceId) ?? 0] : []),
      ...(this.settings.sealsWebhook ? [this.sent.get(practiceId) ?? this.inFile.get(practiceId) ?? 0] : []),
    ];
    return Math.min(...places);
  }

  /** @throws SealsNotTaken */
  async tell(seals: readonly Seal[]): Promise<void> {
    const { sealsFile, sealsWebhook } = this.settings;
    if (sealsFile) await this.append(sealsFile, newer(seals, this.inFile));
    if (sealsWebhook) await this.send(sealsWebhook, newer(seals, this.sent));
  }

  private async append(file: string, seals: readonly Seal[]): Promise<void> {
    if (seals.length === 0) return;
    const lines = seals.map((seal) => `${JSON.stringify(toldSeal(seal))}\n`).join('');
    await appendFile(file, lines, { mode: 0o600, flush: true });
    remember(seals, this.inFile);
  }

  /** Signed as `t=<seconds>,v1=<HMAC-SHA-256 of "<seconds>.<body>">`, hexadecimal. */
  private async send({ url, key }: { url: string; key: Buffer }, seals: readonly Seal[]): Promise<void> {
    if (seals.length === 0) return;
    const body = JSON.stringify({ seals: seals.map(toldSeal) });
    const at = Math.floor(Date.now() / 1000);
    const signature = createHmac('sha256', key).update(`${at}.${body}`).digest('hex');
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'ademruimte-signature': `t=${at},v1=${signature}` },
      body,
      redirect: 'error',
      signal: AbortSignal.timeout(ANSWERS_WITHIN_MS),
    });
    await answer.body?.cancel();
    if (!answer.ok) throw new SealsNotTaken(`the receiver answered ${answer.status}`);
    remember(seals, this.sent);
  }

  /** What an earlier process wrote stays as it is; only what came after it is added. */
  private readFileOnce(): Promise<void> {
    const { sealsFile } = this.settings;
    this.fileRead ??= !sealsFile
      ? Promise.resolve()
      : readSeals(sealsFile).then((seals) => seals.forEach((seal) => remember([seal], this.inFile)));
    return this.fileRead;
  }
}

/** The seals in a file, in the order they were written; none where there is no file yet. */
export async function readSeals(file: string): Promise<ToldSeal[]> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  });
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as ToldSeal);
}

const toldSeal = ({ practiceId, number, hash, rowCount, sealedAt }: Seal): ToldSeal => ({
  practiceId,
  number,
  hash: hash.toString('hex'),
  rowCount,
  sealedAt: sealedAt.toISOString(),
});

const newer = (seals: readonly Seal[], known: Map<string, number>): Seal[] =>
  seals.filter(({ practiceId, number }) => number > (known.get(practiceId) ?? 0));

function remember(seals: readonly Pick<Seal, 'practiceId' | 'number'>[], in_: Map<string, number>): void {
  for (const { practiceId, number } of seals) in_.set(practiceId, Math.max(number, in_.get(practiceId) ?? 0));
}
