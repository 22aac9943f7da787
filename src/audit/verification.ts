import { Injectable } from '@nestjs/common';
import type { Actor } from '../common/actor.js';
import { Clock } from '../common/clock.js';
import { earliestIdAt } from '../common/id.js';
import { Settings } from '../config/settings.js';
import { Tenant } from '../database/tenant.js';
import type { Tx } from '../database/tx.js';
import type { BREAKS } from './breaks.js';
import { BEGINNING, hashOf, idOf, leavesOf, type Seal } from './chain.js';
import { type Leaf, leavesBetween, longUnsealed, sealsAfter } from './chain.queries.js';
import { readSeals, type ToldSeal } from './seals-outside.js';

/** The first place where a log is not what was sealed. */
export interface Break {
  readonly what: (typeof BREAKS)[number];
  /** Number of the seal. */
  readonly seal: number;
  readonly eventId?: string;
}

export interface Verification {
  readonly seals: number;
  readonly events: number;
  /** Whether the seals were held against those outside the database. */
  readonly comparedOutside: boolean;
  readonly broken?: Break;
}

const SEALS_AT_ONCE = 200;
const YEARS_KEPT = 5;
/** A row that no seal covers after this long is one that somebody freed of its seal, or nobody seals any more. */
const SEALED_WITHIN_MS = 10 * 60_000;

/** Holds a log against its seals, and these against each other and against those outside the database. */
@Injectable()
export class LogVerification {
  constructor(
    private readonly tenant: Tenant,
    private readonly clock: Clock,
    private readonly settings: Settings,
  ) {}

  /**
   * @param actor the admin of the practice, or the task `sealing`
   * @param file seals that were written out of the database; the file of this installation unless another is named
   */
  async verify(actor: Actor, file = this.settings.sealsFile): Promise<Verification> {
    const told = file ? (await readSeals(file)).filter((seal) => seal.practiceId === actor.practiceId) : [];
    const outside = new Map<number, ToldSeal[]>();
    for (const seal of told) outside.set(seal.number, [...(outside.get(seal.number) ?? []), seal]);
    return this.tenant.read(actor, (tx) => this.walk(tx, outside, file !== undefined));
  }

  private async walk(
    tx: Tx,
    outside: Map<number, ToldSeal[]>,
    comparedOutside: boolean,
  ): Promise<Verification> {
    let before: Seal | typeof BEGINNING = BEGINNING;
    let events = 0;
    const found = (broken?: Break): Verification => ({
      seals: before.number,
      events,
      comparedOutside,
      broken,
    });
    for (;;) {
      const seals = await sealsAfter(tx, before.number, SEALS_AT_ONCE);
      if (seals.length === 0) break;
      const rows = await leavesBetween(tx, before, seals.at(-1)!);
      for (const seal of seals) {
        const broken = brokenLink(seal, before, outside) ?? this.brokenRow(seal, takeOf(seal, rows));
        if (broken) return found(broken);
        before = seal;
        events += seal.rowCount;
      }
    }
    const lastOutside = Math.max(0, ...outside.keys());
    if (lastOutside > before.number) return found({ what: 'seal_removed', seal: before.number + 1 });
    const since = new Date(this.clock.now().getTime() - SEALED_WITHIN_MS);
    const eventId = await longUnsealed(tx, before, since);
    return found(eventId ? { what: 'event_unsealed', seal: before.number + 1, eventId } : undefined);
  }

  /** The first row that is not what it was when it was sealed. */
  private brokenRow(seal: Seal, leaves: readonly Buffer[]): Break | undefined {
    if (seal.leaves.equals(Buffer.concat(leaves))) return undefined;
    const present = new Set(leaves.map(idOf));
    const keptFrom = earliestIdAt(startOfMonths(this.clock.now()));
    const sealed = leavesOf(seal).filter((leaf) => present.has(idOf(leaf)) || idOf(leaf) >= keptFrom);
    const known = new Set(sealed.map(idOf));
    for (let i = 0; i < Math.max(sealed.length, leaves.length); i += 1) {
      const [was, is] = [sealed[i], leaves[i]];
      if (was && is?.equals(was)) continue;
      const at = (what: Break['what'], leaf: Buffer): Break => ({
        what,
        seal: seal.number,
        eventId: idOf(leaf),
      });
      if (was && !present.has(idOf(was))) return at('event_removed', was);
      if (is && !known.has(idOf(is))) return at('event_added', is);
      if (was && is && idOf(was) === idOf(is)) return at('event_changed', is);
      return at('events_reordered', (was ?? is)!);
    }
    return undefined;
  }
}

function brokenLink(
  seal: Seal,
  before: Pick<Seal, 'number' | 'hash'>,
  outside: Map<number, ToldSeal[]>,
): Break | undefined {
  if (seal.number !== before.number + 1) return { what: 'seal_removed', seal: before.number + 1 };
  if (!seal.previous.equals(before.hash) || !seal.hash.equals(hashOf(seal)))
    return { what: 'seal_changed', seal: seal.number };
  const differs = outside.get(seal.number)?.some(({ hash }) => hash !== seal.hash.toString('hex'));
  return differs ? { what: 'seal_differs_outside', seal: seal.number } : undefined;
}

/** Takes the rows up to the end of a seal off the front. */
function takeOf({ lastXid, lastId }: Seal, rows: Leaf[]): Buffer[] {
  const end = rows.findIndex((row) => isBehind(row, lastXid, lastId));
  return rows.splice(0, end === -1 ? rows.length : end).map(({ leaf }) => leaf);
}

function isBehind(row: Leaf, xid: string, id: string): boolean {
  const [own, other] = [BigInt(row.lastXid), BigInt(xid)];
  return own > other || (own === other && row.lastId > id);
}

/** Where the months begin that are still kept; what is older may be gone. */
function startOfMonths(now: Date): Date {
  return new Date(Date.UTC(now.getUTCFullYear() - YEARS_KEPT, now.getUTCMonth(), 1));
}
