import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import {
  CHUNK_BYTES,
  ChunkCipher,
  openChunks,
  SealingChunks,
  sealedLength,
  type Span,
} from './chunk-cipher.js';
import { CannotOpen } from './cipher.js';

const key = randomBytes(32);
const cipher = new ChunkCipher(key, 'exports/one');
const sealed = (plain: Buffer, cuts: readonly number[] = [plain.length || 1]): Promise<Buffer> => {
  const pieces: Buffer[] = [];
  for (let at = 0, n = 0; at < plain.length; n++) {
    pieces.push(plain.subarray(at, at + cuts[n % cuts.length]!));
    at += cuts[n % cuts.length]!;
  }
  return buffer(Readable.from(pieces).pipe(new SealingChunks(cipher)));
};

async function opened(file: Buffer, plainBytes: number, span?: Partial<Span>, by = cipher): Promise<Buffer> {
  const read = (from: number, length: number) => Promise.resolve(file.subarray(from, from + length));
  const parts: Buffer[] = [];
  for await (const part of openChunks(by, read, plainBytes, { from: 0, until: plainBytes, ...span })) {
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** Around the edges of chunks, where mistakes are. */
const lengths = fc.oneof(
  fc.integer({ min: 0, max: 3 }),
  fc
    .tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: -2, max: 2 }))
    .map(([n, d]) => n * CHUNK_BYTES + d),
);
const cuts = fc.array(fc.integer({ min: 1, max: 150_000 }), { minLength: 1, maxLength: 4 });

describe('a file that is sealed as it is written', () => {
  it('opens whole, however it arrived, and is as long as was said', async () => {
    await fc.assert(
      fc.asyncProperty(lengths, cuts, async (length, sizes) => {
        const plain = randomBytes(length);
        const file = await sealed(plain, sizes);
        expect(file).toHaveLength(sealedLength(length));
        expect((await opened(file, length)).equals(plain)).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  it('opens from any place to any other', async () => {
    const plain = randomBytes(3 * CHUNK_BYTES + 7);
    const file = await sealed(plain);
    const place = fc.integer({ min: 0, max: plain.length });
    await fc.assert(
      fc.asyncProperty(place, place, async (a, b) => {
        const span = { from: Math.min(a, b), until: Math.max(a, b) };
        const part = await opened(file, plain.length, span);
        expect(part.equals(plain.subarray(span.from, span.until))).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('shows none of what it holds', async () => {
    const file = await sealed(Buffer.from('Ik sliep weer door. '.repeat(9_999)));
    expect(file.includes('sliep')).toBe(false);
  });

  const plain = Buffer.alloc(2 * CHUNK_BYTES + 5, 'a');
  const chunk = CHUNK_BYTES + 16;

  it.each([
    ['changed by a bit', (file: Buffer) => (file[chunk + 9]! ^= 1) && file],
    [
      'with two chunks in each other’s place',
      (file: Buffer) =>
        Buffer.concat([file.subarray(chunk, 2 * chunk), file.subarray(0, chunk), file.subarray(2 * chunk)]),
    ],
    ['without its end', (file: Buffer) => file.subarray(0, -1)],
  ] as [string, (file: Buffer) => Buffer][])('does not open %s', async (_, bend) => {
    const file = await sealed(plain);
    await expect(opened(bend(Buffer.from(file)), plain.length)).rejects.toThrow(CannotOpen);
  });

  it('does not open as one that ends sooner, at the end of a chunk', async () => {
    const file = await sealed(plain);
    await expect(opened(file.subarray(0, 2 * chunk), 2 * CHUNK_BYTES)).rejects.toThrow(CannotOpen);
  });

  it.each([
    ['another key', new ChunkCipher(randomBytes(32), 'exports/one')],
    ['another place', new ChunkCipher(key, 'exports/two')],
  ])('does not open with %s', async (_, other) => {
    const file = await sealed(plain);
    await expect(opened(file, plain.length, {}, other)).rejects.toThrow(CannotOpen);
  });
});
