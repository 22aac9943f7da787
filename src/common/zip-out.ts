import { ZipWriter } from '@zip.js/zip.js';

/** One part of an archive, as it is written. */
export interface ZipPart {
  /** Resolves when there is room for more. */
  write(bytes: Uint8Array): Promise<void>;
  end(): Promise<void>;
}

/**
 * A ZIP archive whose bytes leave as they are made: however large it grows, next to nothing of it is held. Parts are
 * written one after another.
 */
export class ZipOut {
  private readonly zip: ZipWriter<unknown>;

  /**
   * @param sink takes the bytes of the archive; while it waits, so does who writes a part
   * @param at the moment that every part says it is of
   * @param passphrase under which every part is encrypted (AES-256, as WinZip and 7-Zip open it); names and sizes stay readable
   */
  constructor(sink: (bytes: Uint8Array) => Promise<void>, at: Date, passphrase?: string) {
    this.zip = new ZipWriter(new WritableStream<Uint8Array>({ write: sink }), {
      useWebWorkers: false,
      lastModDate: at,
      extendedTimestamp: false,
      ...(passphrase !== undefined && { password: passphrase, encryptionStrength: 3 as const }),
    });
  }

  async add(name: string, bytes: Uint8Array): Promise<void> {
    const part = this.begin(name);
    await part.write(bytes);
    await part.end();
  }

  begin(name: string): ZipPart {
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
    const writer = writable.getWriter();
    const added = this.zip.add(name, readable);
    // Whoever writes next hears of it; nobody else listens until the end.
    added.catch((error: unknown) => writer.abort(error).catch(() => undefined));
    return {
      write: (bytes) => writer.write(bytes),
      end: async () => {
        await writer.close();
        await added;
      },
    };
  }

  async close(): Promise<void> {
    await this.zip.close();
  }
}
