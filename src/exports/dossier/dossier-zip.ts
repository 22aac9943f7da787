import { createHash } from 'node:crypto';
import { ZipOut } from '../../common/zip-out.js';
import type { Provenance } from '../documents/printed.js';
import type { DossierParts } from './dossier-parts.js';
import { DOSSIER_SCHEMA } from './dossier-schema.js';

/** What an archive says of itself: of each file in it the size and the SHA-256, so that whoever has it can tell whether it is whole. */
export interface DossierManifest extends Provenance {
  readonly export: string;
  readonly client: string;
  readonly schema: string;
  readonly parts: readonly {
    readonly name: string;
    readonly rows: number;
    readonly bytes: number;
    readonly sha256: string;
  }[];
  /** Files that are no JSON, for who reads it. */
  readonly attachments: readonly Attached[];
}

interface Attached {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** A file that goes along as it is. */
export interface Attachment {
  readonly name: string;
  readonly content: Buffer;
}

export interface Archived {
  readonly export: string;
  readonly client: string;
  readonly at: Date;
  /** Which parts; all when absent. */
  readonly only?: readonly string[] | null;
  readonly attachments?: readonly Attachment[];
  /** Under which everything in it is encrypted. */
  readonly passphrase?: string | undefined;
}

/** JSON of each part, the schema that describes them, and a manifest. */
export async function dossierZip(parts: DossierParts, about: Archived, of: Provenance): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  const zip = new ZipOut(
    (bytes) => {
      chunks.push(bytes);
      return Promise.resolve();
    },
    about.at,
    about.passphrase,
  );
  const told: DossierManifest['parts'][number][] = [];
  const files: [string, readonly object[] | object][] = [
    ...Object.entries(parts)
      .filter(([part]) => about.only?.includes(part) ?? true)
      .map(([part, rows]): [string, readonly object[]] => [`${part}.json`, rows as object[]]),
    ['schema.json', DOSSIER_SCHEMA],
  ];
  for (const [name, content] of files) {
    const bytes = jsonOf(content);
    const rows = Array.isArray(content) ? content.length : 1;
    told.push({ name, rows, bytes: bytes.length, sha256: sha256Of(bytes) });
    await zip.add(name, bytes);
  }
  const attached: Attached[] = [];
  for (const { name, content } of about.attachments ?? []) {
    attached.push({ name, bytes: content.length, sha256: sha256Of(content) });
    await zip.add(name, content);
  }
  const { practice, madeBy, purpose, madeAt } = of;
  const manifest: DossierManifest = {
    export: about.export,
    client: about.client,
    practice,
    madeBy,
    purpose,
    madeAt,
    schema: 'schema.json',
    parts: told,
    attachments: attached,
  };
  await zip.add('manifest.json', jsonOf(manifest));
  await zip.close();
  return Buffer.concat(chunks);
}

const sha256Of = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
const jsonOf = (content: object): Buffer => Buffer.from(`${JSON.stringify(content, null, 2)}\n`);
