import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { FileCipher } from '../../src/common/cipher/file-cipher.js';
import { InstallationKey } from '../../src/common/cipher/installation-key.js';
import type { Settings } from '../../src/config/settings.js';
import { idOf, SESSIONS_PER_CLIENT, type Shape } from './shape.js';

interface File {
  readonly p: number;
  readonly c: number;
  readonly practice_id: string;
  readonly client_id: string;
  readonly coach_id: string;
  readonly assignments: number;
  readonly noted: boolean;
}

/** The rows of one table that hold a text, as `COPY` takes them. */
interface Texts {
  readonly table: string;
  readonly columns: readonly string[];
  readonly rows: (file: File, cipher: FileCipher) => (readonly unknown[])[];
}

const hex = (bytes: Buffer): string => `\\\\x${bytes.toString('hex')}`;

/** What a reader of these data finds: a fifth of the sessions says where it is, half of the assignments comes with words. */
function texts({ clients }: Shape): Texts[] {
  return [
    {
      table: 'session_details',
      columns: ['practice_id', 'session_id', 'client_id', 'coach_id', 'location', 'version'],
      rows: ({ p, c, practice_id, client_id, coach_id }, cipher) =>
        steps(SESSIONS_PER_CLIENT / 5).map((s) => {
          const row = idOf('session', p, (s * 5 + (c % 5)) * clients + c);
          const place = { column: 'session_details.location', row, version: 1 };
          return [practice_id, row, client_id, coach_id, hex(cipher.seal(place, 'Praktijkruimte aan de Singel')), 1];
        }),
    },
    {
      table: 'assignment_messages',
      columns: ['practice_id', 'assignment_id', 'client_id', 'coach_id', 'message', 'version'],
      rows: ({ p, c, practice_id, client_id, coach_id, assignments }, cipher) =>
        steps(Math.floor(assignments / 2)).map((a) => {
          const row = idOf('assignment', p, c * 16 + assignments - 1 - a * 2);
          const place = { column: 'assignment_messages.message', row, version: 1 };
          const sealed = cipher.seal(place, 'Doe het als je thuiskomt, zonder dat het iets hoeft op te leveren.');
          return [practice_id, row, client_id, coach_id, hex(sealed), 1];
        }),
    },
    {
      table: 'log_remarks',
      columns: ['practice_id', 'client_id', 'log_id', 'coach_id', 'sharing', 'remark', 'version'],
      rows: ({ p, c, practice_id, client_id, coach_id, assignments }, cipher) =>
        steps(3).map((a) => {
          const row = idOf('log', p, (c * 16 + assignments - 1 - a) * 16);
          const place = { column: 'log_remarks.remark', row, version: 1 };
          const sealed = cipher.seal(place, 'Halverwege moest ik gapen, daarna werd het rustig.');
          return [practice_id, client_id, row, coach_id, ['numbers', 'all', 'private'][c % 3], hex(sealed), 1];
        }),
    },
    {
      table: 'note_bodies',
      columns: ['practice_id', 'note_id', 'version', 'client_id', 'coach_id', 'coach_reader_id', 'body', 'written_by', 'written_at'],
      rows: ({ p, c, practice_id, client_id, coach_id, noted }, cipher) => {
        if (!noted) return [];
        const row = idOf('note', p, c);
        const sealed = cipher.seal({ column: 'note_bodies.body', row, version: 1 }, NOTE);
        return [[practice_id, row, 1, client_id, coach_id, coach_id, hex(sealed), coach_id, new Date().toISOString()]];
      },
    },
  ]; // prettier-ignore
}

const NOTE =
  'Kwam binnen met hoge schouders. Na het uitademen werd het stil. Afspraak: elke dag even zitten. '.repeat(
    4,
  );

const steps = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

/** Makes the key of each file and the texts that it seals; what seals is the product's own cipher. */
export async function copySealed(superuser: Client, shape: Shape, settings: Settings): Promise<void> {
  const installation = new InstallationKey(settings);
  const { rows: files } = await superuser.query<File>('select * from files order by p, c');
  const wrapped = files.map((file) => installation.wrapNewKey(file.practice_id, file.client_id));
  const now = new Date().toISOString();
  await copy(
    superuser,
    'client_keys',
    ['practice_id', 'client_id', 'coach_id', 'wrapped', 'created_at'],
    () => files.map((file, i) => [file.practice_id, file.client_id, file.coach_id, hex(wrapped[i]!), now]),
  );
  const ciphers = files.map(({ practice_id, client_id }, i) =>
    installation.unwrap(practice_id, client_id, wrapped[i]!),
  );
  for (const { table, columns, rows } of texts(shape)) {
    await copy(superuser, table, columns, function* () {
      for (const [i, file] of files.entries()) yield* rows(file, ciphers[i]!);
    });
  }
}

async function copy(
  superuser: Client,
  table: string,
  columns: readonly string[],
  rows: () => Iterable<readonly unknown[]>,
): Promise<void> {
  await pipeline(
    Readable.from(chunks(rows())),
    superuser.query(copyFrom(`copy ${table} (${columns.join(', ')}) from stdin`)),
  );
}

function* chunks(rows: Iterable<readonly unknown[]>): Iterable<string> {
  let chunk = '';
  for (const row of rows) {
    chunk += `${row.join('\t')}\n`;
    if (chunk.length < 65_536) continue;
    yield chunk;
    chunk = '';
  }
  yield chunk;
}
