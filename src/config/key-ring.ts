/** One key of the installation, by the name that every data key which it wraps carries. */
export interface RingKey {
  readonly id: string;
  /** 32 bytes. */
  readonly key: Buffer;
}

/** The id of the key that stands alone in `INSTALLATION_KEY`. */
export const LONE_KEY_ID = 'installation';

/** A ring as the environment writes it. */
export interface WrittenRing {
  /** `id:key` entries, parted by commas, spaces or lines. */
  readonly entries?: string | undefined;
  readonly loneKey?: string | undefined;
  /** The id of the current key; the first when absent. */
  readonly current?: string | undefined;
}

const ENTRY = /^([a-z0-9][a-z0-9-]{0,31}):([\w-]{43})$/;

/**
 * The keys of the installation. One is current, the first unless another is named, and wraps what is new; the others
 * only open what they wrapped. The last is the oldest: what is derived from it survives a rotation.
 */
export class KeyRing {
  /** Not even an inspection shows them. */
  readonly #keys: ReadonlyMap<string, Buffer>;
  readonly current: string;
  readonly oldest: string;

  /** @throws KeyRingUnreadable when it is empty, names one key twice, or does not hold the current one */
  constructor(keys: readonly RingKey[], current = keys[0]?.id) {
    this.#keys = new Map(keys.map(({ id, key }) => [id, key]));
    if (current === undefined || !this.#keys.has(current)) throw new KeyRingUnreadable();
    if (this.#keys.size < keys.length) throw new KeyRingUnreadable();
    this.current = current;
    this.oldest = keys.at(-1)!.id;
  }

  /** From the first to the last. */
  get ids(): string[] {
    return [...this.#keys.keys()];
  }

  key(id: string): Buffer | undefined {
    return this.#keys.get(id);
  }

  /**
   * Reads `id:key` entries, parted by commas, spaces or lines. A key that stands alone is the last, under an
   * id of its own, so that an installation with one key becomes one with a ring by adding to it.
   * @throws KeyRingUnreadable
   */
  static read({ entries, loneKey, current }: WrittenRing): KeyRing {
    const keys = entries ? entriesOf(entries) : [];
    const all = loneKey ? [...keys, { id: LONE_KEY_ID, key: bytes(loneKey) }] : keys;
    return new KeyRing(all, current || undefined);
  }
}

/** The ring is not one; says no more, for what is wrong with it may be the key. */
export class KeyRingUnreadable extends Error {
  override readonly name = 'KeyRingUnreadable';
}

/** Whether what is written is a ring. */
export function isKeyRing(written: WrittenRing): boolean {
  try {
    return KeyRing.read(written).ids.length > 0;
  } catch (error) {
    if (error instanceof KeyRingUnreadable) return false;
    throw error;
  }
}

function entriesOf(entries: string): RingKey[] {
  return entries
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .map((entry) => {
      const [, id, key] = ENTRY.exec(entry) ?? [];
      if (id === undefined || key === undefined) throw new KeyRingUnreadable();
      return { id, key: bytes(key) };
    });
}

const bytes = (secret: string): Buffer => Buffer.from(secret, 'base64url');
