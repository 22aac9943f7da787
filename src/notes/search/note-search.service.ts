import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/audit.js';
import { ClientFiles } from '../../clients/client-files.js';
import type { Person } from '../../common/actor.js';
import { InstallationKey } from '../../common/cipher/installation-key.js';
import { fromCursor, type Page, toCursor, UUID } from '../../common/page.js';
import { Tenant } from '../../database/tenant.js';
import type { Tx } from '../../database/tx.js';
import { nothingToSearchFor } from '../note.errors.js';
import { addendaFor, type SearchableNote, searchableNotes } from '../note.queries.js';
import { groupedByNote, NoteReader } from '../note-reader.js';
import { wordsIn } from '../../common/fold.js';
import type { Segment } from './match.js';
import type { NoteSearchQuery } from './note-search.dto.js';
import { type Batch, taskFor } from './sealed-batch.js';
import type { FoundSnippet, SearchTask } from './search-task.js';
import { SearchFailed, SearchThreads } from './search-threads.js';

const MOST_WORDS = 10;
/** Small enough that fetching one keeps nobody waiting. */
const BATCH = 250;

/** A note that holds the words, with what stands around them. */
export interface NoteHit {
  readonly note: SearchableNote;
  readonly snippets: readonly { readonly addendumId?: string; readonly segments: readonly Segment[] }[];
}

/**
 * Finds words in sealed texts. There is no index of words, for an index of words is a text: each search opens what
 * this coach may read, in a thread beside, and nothing opened is ever written down.
 */
@Injectable()
export class NoteSearchService {
  /** After so many notes a page ends, full or not: the next one looks on from there. */
  readonly mostLookedAt: number = 10_000;

  constructor(
    private readonly tenant: Tenant,
    private readonly files: ClientFiles,
    private readonly installationKey: InstallationKey,
    private readonly threads: SearchThreads,
    private readonly reader: NoteReader,
    private readonly audit: Audit,
  ) {}

  /**
   * Newest first.
   * @throws Problem 404 for another's file, 422 `invalid-input` where there is no word to look for, 500 `signature-broken`
   */
  async search(person: Person, { q, clientId, limit, cursor }: NoteSearchQuery): Promise<Page<NoteHit>> {
    const words = wordsIn(q);
    if (words.length === 0 || words.length > MOST_WORDS) throw nothingToSearchFor();
    const from = cursor ? String(fromCursor(cursor, [UUID])[0]) : undefined;
    const page = await this.tenant.read(person, async (tx) => {
      if (clientId) await this.files.ofCoach(tx, person, clientId);
      const found = await this.look(tx, person, words, { clientId, from, limit });
      await this.holdAgainstSignatures(tx, person, found.items);
      return found;
    });
    await this.witness(person, page.items, clientId);
    return page;
  }

  private async look(
    tx: Tx,
    person: Person,
    words: readonly string[],
    { clientId, from, limit }: { clientId?: string; from?: string; limit: number },
  ): Promise<Page<NoteHit>> {
    const items: NoteHit[] = [];
    let before = from;
    for (let lookedAt = 0; lookedAt < this.mostLookedAt; lookedAt += BATCH) {
      const notes = await searchableNotes(tx, person, { clientId, before, limit: BATCH });
      const most = limit + 1 - items.length;
      items.push(...(await this.hitsIn(tx, person, { words, most }, notes)));
      if (items.length > limit) {
        const shown = items.slice(0, limit);
        return { items: shown, next: toCursor([shown.at(-1)!.note.id]) };
      }
      if (notes.length < BATCH) return { items };
      before = notes.at(-1)!.id;
    }
    return { items, next: toCursor([before!]) };
  }

  private async hitsIn(
    tx: Tx,
    person: Person,
    wanted: Pick<SearchTask, 'words' | 'most'>,
    notes: readonly SearchableNote[],
  ): Promise<NoteHit[]> {
    if (notes.length === 0) return [];
    const signed = notes.filter(({ status }) => status !== 'draft').map(({ id }) => id);
    const batch = { notes, addenda: groupedByNote(await addendaFor(tx, person, signed)) };
    const hits = await this.threads
      .run(taskFor(this.installationKey, tx.practiceId, wanted, batch))
      .catch((error: unknown) => this.refuse(person, notes, error));
    return hits.map(({ note, snippets }) => hitOf(batch, notes[note]!, snippets));
  }

  /** What is shown was read, and what is read is held against its signature. */
  private async holdAgainstSignatures(tx: Tx, person: Person, hits: readonly NoteHit[]): Promise<void> {
    const ids = hits.map(({ note }) => note.id);
    if (ids.length > 0) await this.reader.find(tx, person, { ids, limit: ids.length });
  }

  /** A signed text that does not open is one that was changed. */
  private async refuse(person: Person, notes: readonly SearchableNote[], error: unknown): Promise<never> {
    const note = error instanceof SearchFailed && error.note !== undefined ? notes[error.note] : undefined;
    throw note && note.status !== 'draft' ? await this.reader.broken(person, note.clientId, note.id) : error;
  }

  /** One event for each file that something was found in, and one where nothing was; never what was looked for. */
  private async witness(person: Person, hits: readonly NoteHit[], clientId?: string): Promise<void> {
    const counts = new Map<string | undefined, number>();
    for (const { note } of hits) counts.set(note.clientId, (counts.get(note.clientId) ?? 0) + 1);
    if (counts.size === 0) counts.set(clientId, 0);
    await Promise.all(
      [...counts].map(([file, rowCount]) =>
        this.audit.witness(person, { event: 'notes.searched', clientId: file, objectType: 'note', rowCount }),
      ),
    );
  }
}

function hitOf({ addenda }: Batch, note: SearchableNote, snippets: readonly FoundSnippet[]): NoteHit {
  return {
    note,
    snippets: snippets.map(({ text, segments }) => ({
      // The first text of a note is the note itself.
      ...(text > 0 && { addendumId: addenda.get(note.id)![text - 1]!.id }),
      segments,
    })),
  };
}
