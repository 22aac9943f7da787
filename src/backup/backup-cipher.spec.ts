import { randomBytes } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { Readable, type Transform } from 'node:stream';
import { OpeningChunks, SealingChunks } from '../common/cipher/chunk-cipher.js';
import { CannotOpen } from '../common/cipher/cipher.js';
import { cipherOf, newHeader } from './backup-file.js';

const HEAD = Buffer.from('head');
const CHUNK = 64 * 1024;
const SEALED_CHUNK = CHUNK + 16;
const header = newHeader('a', 'data', new Date());
const backupKey = randomBytes(32);

const through = (bytes: Buffer, by: Transform, piece = 10_000): Promise<Buffer> => {
  const pieces: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += piece) pieces.push(bytes.subarray(at, at + piece));
  const source = Readable.from(pieces, { objectMode: false });
  source.on('error', (error) => by.destroy(error));
  return buffer(source.pipe(by));
};
const seal = (plain: Buffer): Promise<Buffer> =>
  through(plain, new SealingChunks(cipherOf(backupKey, header, HEAD)));
const open = (sealed: Buffer, using = cipherOf(backupKey, header, HEAD)): Promise<Buffer> =>
  through(sealed, new OpeningChunks(using), 7_777);

describe('a file of a backup', () => {
  it.each([0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 5])(
    'gives back %i bytes as they were',
    async (length) => {
      const plain = randomBytes(length);
      const sealed = await seal(plain);
      expect(sealed.length).toBe(length + 16 * Math.max(1, Math.ceil(length / CHUNK)));
      expect((await open(sealed)).equals(plain)).toBe(true);
    },
  );

  const plain = randomBytes(3 * CHUNK + 5);
  it.each<[string, (sealed: Buffer) => Buffer]>([
    ['cut off between two chunks', (sealed) => sealed.subarray(0, 2 * SEALED_CHUNK)],
    ['cut off within a chunk', (sealed) => sealed.subarray(0, SEALED_CHUNK + 100)],
    ['without its last chunk', (sealed) => sealed.subarray(0, 3 * SEALED_CHUNK)],
    ['without its first chunk', (sealed) => sealed.subarray(SEALED_CHUNK)],
    [
      'with two chunks in each other’s place',
      (sealed) =>
        Buffer.concat([
          sealed.subarray(SEALED_CHUNK, 2 * SEALED_CHUNK),
          sealed.subarray(0, SEALED_CHUNK),
          sealed.subarray(2 * SEALED_CHUNK),
        ]),
    ],
    ['with more behind it', (sealed) => Buffer.concat([sealed, sealed.subarray(0, SEALED_CHUNK)])],
    ['with nothing in it', () => Buffer.alloc(0)],
  ])('does not open %s', async (_, alter) => {
    await expect(open(alter(await seal(plain)))).rejects.toBeInstanceOf(CannotOpen);
  });

  it('does not open under another head, another key, or the key of the other part or of another file', async () => {
    const sealed = await seal(plain);
    const others = [
      cipherOf(backupKey, header, Buffer.from('HEAD')),
      cipherOf(randomBytes(32), header, HEAD),
      cipherOf(backupKey, { ...header, part: 'keys' }, HEAD),
      cipherOf(backupKey, newHeader('a', 'data', new Date()), HEAD),
    ];
    for (const other of others) await expect(open(sealed, other)).rejects.toBeInstanceOf(CannotOpen);
  });
});
