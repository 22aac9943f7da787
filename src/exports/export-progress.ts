import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import type { Person } from '../common/actor.js';
import { Problem } from '../common/problem.js';
import type { Language } from '../common/language.js';
import type { Told } from './export.queries.js';
import { exportView } from './export.view.js';
import { ExportsService } from './exports.service.js';

const LOOK_EVERY_MS = 1_000;
/** So often something is said, so that nobody between takes the connection for dead. */
const BREATHE_EVERY_MS = 15_000;
/** Then the reader asks anew, and proves anew who they are. */
const LONGEST_MS = 15 * 60_000;
/** So many at once of one person, for each looks every second: a browser that lost sight of one opens another. */
const MOST_OF_ONE = 6;

/** How far an export is, told as it goes: server-sent events (WHATWG HTML, section 9.2), until it is settled. */
@Injectable()
export class ExportProgress implements BeforeApplicationShutdown {
  private readonly stopping = new AbortController();
  /** Of each person who follows something, the oldest first. */
  private readonly followed = new Map<string, Set<Readable>>();

  constructor(private readonly exports: ExportsService) {}

  /** One too many ends the oldest of the same person. @throws Problem 404, before anything is told */
  async follow(person: Person, id: string, language: Language): Promise<Readable> {
    const first = await this.exports.read(person, id);
    const isGone = (): boolean => events.destroyed;
    const events: Readable = Readable.from(this.tell(person, first, language, isGone), { objectMode: false });
    this.hold(person.userId, events);
    return events;
  }

  beforeApplicationShutdown(): void {
    this.stopping.abort();
  }

  private hold(userId: string, events: Readable): void {
    const theirs = this.followed.get(userId) ?? new Set();
    this.followed.set(userId, theirs.add(events));
    events.once('close', () => {
      theirs.delete(events);
      if (theirs.size === 0 && this.followed.get(userId) === theirs) this.followed.delete(userId);
    });
    const [oldest] = theirs;
    if (theirs.size > MOST_OF_ONE) oldest?.destroy();
  }

  /** @param isGone whether whoever followed hung up: then nobody looks on their behalf */
  private async *tell(
    person: Person,
    first: Told,
    language: Language,
    isGone: () => boolean,
  ): AsyncGenerator<string, void> {
    const until = Date.now() + LONGEST_MS;
    let said = Date.now();
    let now: Told | undefined = first;
    yield `retry: ${LOOK_EVERY_MS * 2}\n${event(first, language)}`;
    for (let last = first; !now.copy.isSettled && Date.now() < until; last = now) {
      await pause(LOOK_EVERY_MS, undefined, { signal: this.stopping.signal }).catch(() => undefined);
      if (this.stopping.signal.aborted || isGone()) return;
      now = await this.look(person, first.id);
      if (!now) return;
      if (now.copy.version === last.copy.version && Date.now() - said < BREATHE_EVERY_MS) continue;
      said = Date.now();
      yield now.copy.version === last.copy.version ? ': \n\n' : event(now, language);
    }
  }

  /** Each look proves who looks; where that no longer holds, nothing more is told. */
  private async look(person: Person, id: string): Promise<Told | undefined> {
    try {
      return await this.exports.look(person, id);
    } catch (error) {
      if (error instanceof Problem) return undefined;
      throw error;
    }
  }
}

const event = (told: Told, language: Language): string =>
  `event: export\nid: ${told.copy.version}\ndata: ${JSON.stringify(exportView(told, language))}\n\n`;
