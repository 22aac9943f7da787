import type { Person, Role } from '../../src/common/actor.js';
import type { AuditEvent } from '../../src/audit/audit-event.js';
import type { InstallationKey } from '../../src/common/cipher/installation-key.js';
import type { Settings } from '../../src/config/settings.js';
import type { Shape } from '../data/shape.js';
import type { Somebody } from '../people.js';

/** A request as it is put on the wire. */
export interface Wanted {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** What the requests of an operation can be about. */
export interface World {
  readonly shape: Shape;
  /** The day that the data are of. */
  readonly on: string;
  /** Cursors of the list of sessions at about nine tenths of it. */
  readonly deepCursors: readonly string[];
}

/** A statement; one with a name is parsed once for each connection. */
export interface Statement {
  readonly name?: string;
  readonly text: string;
  readonly values?: readonly unknown[];
}

/** A request as the bound's handlers get it: the token has been checked, the body has been validated. */
export interface Asked {
  readonly person: Person;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string | undefined>>;
  readonly body: never;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly url: string;
}

export interface Answer {
  readonly status?: number;
  /** A string is JSON already. */
  readonly body: unknown;
}

/** What the bound works with, and the floor: the same statements, with more or less around them. */
export interface Bench {
  readonly settings: Settings;
  readonly installationKey: InstallationKey;
  /** Statements that do not wait for each other, in one round trip. */
  read(person: Person, statements: readonly Statement[]): Promise<Rows[]>;
  /**
   * A transaction in two round trips: what is asked first, and what is written upon that.
   * @param then may throw: then nothing of it is kept
   */
  change<const First extends readonly Statement[]>(
    person: Person,
    first: First,
    then: (found: { [K in keyof First]: Rows }) => readonly Statement[],
  ): Promise<void>;
  /** Resolves once the row of this read is durable. */
  witness(person: Person, event: AuditEvent): Promise<void>;
}

/** The columns are those of the statement; whoever wrote it says what they are. */
export type Rows = readonly unknown[];

export type Handler = (bench: Bench, asked: Asked) => Promise<Answer>;

/** One operation of the bench; a new one is such an object, named in `index.ts`. */
export interface Operation {
  readonly name: string;
  readonly title: string;
  readonly as: Role;
  /** For Fastify. */
  readonly route: string;
  readonly method: Wanted['method'];
  /** JSON schema of the body, where there is one. */
  readonly body?: object;
  /** The request number `n`; what is made must not have been made by another number. */
  request(who: Somebody, world: World, n: number): Wanted;
  /** The bound: the same work by hand. */
  readonly bound: Handler;
  /** Other ways to do the same by hand, by name. */
  readonly variants?: Readonly<Record<string, Handler>>;
  /** Whether both servers must answer the very same; of what is made, ids and times differ. */
  readonly tellsTheSame: boolean;
  /** What the specification asks of it. */
  readonly wanted?: { readonly ofBound?: number; readonly ofVariant?: Readonly<Record<string, number>> };
}
