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
  /** Files that belong to the dossier and are no JSON; nothing in a file holds any yet. */
  readonly attachments: readonly string[];
}

export interface Archived {
  readonly export: string;
  readonly client: string;
  readonly at: Date;
}

/** JSON of each part, the schema that describes them, and a manifest. */
export async function dossierZip(parts: DossierParts, about: Archived, of: Provenance): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  const zip = new ZipOut((bytes) => {
    chunks.push(bytes);
    return Promise.resolve();
  }, about.at);
  const told: DossierManifest['parts'][number][] = [];
  const files: [string, readonly object[] | object][] = [
    ...Object.entries(parts).map(([part, rows]): [string, readonly object[]] => [
      `${part}.json`,
      rows as object[],
    ]),
    ['schema.json', DOSSIER_SCHEMA],
  ];
  for (const [name, content] of files) {
    const bytes = jsonOf(content);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    told.push({ name, rows: Array.isArray(content) ? content.length : 1, bytes: bytes.length, sha256 });
    await zip.add(name, bytes);
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
    attachments: [],
  };
  await zip.add('manifest.json', jsonOf(manifest));
  await zip.close();
  return Buffer.concat(chunks);
}

const jsonOf = (content: object): Buffer => Buffer.from(`${JSON.stringify(content, null, 2)}\n`);
