import { randomBytes } from 'node:crypto';
import { CannotOpen, open, seal } from './cipher.js';
import { FileCipher } from './file-cipher.js';

const key = randomBytes(32);
const place = { column: 'note_bodies.body', row: 'row-1', version: 1 };

describe('a sealed text', () => {
  const file = new FileCipher('practice', 'client', key);
  const sealed = file.seal(place, 'Ik sliep weer door.');

  it('opens where it was written', () => {
    expect(file.open(place, sealed)).toBe('Ik sliep weer door.');
  });

  it('shows none of its words', () => {
    expect(sealed.includes('sliep')).toBe(false);
  });

  it('differs each time, so that equal texts cannot be told', () => {
    expect(file.seal(place, 'a')).not.toEqual(file.seal(place, 'a'));
  });

  it.each([
    ['another column', new FileCipher('practice', 'client', key), { ...place, column: 'note_bodies.title' }],
    ['another row', new FileCipher('practice', 'client', key), { ...place, row: 'row-2' }],
    ['another version', new FileCipher('practice', 'client', key), { ...place, version: 2 }],
    ['another client', new FileCipher('practice', 'other', key), place],
    ['another practice', new FileCipher('other', 'client', key), place],
    ['another key', new FileCipher('practice', 'client', randomBytes(32)), place],
  ])('does not open under %s', (_, cipher, elsewhere) => {
    expect(() => cipher.open(elsewhere, sealed)).toThrow(CannotOpen);
  });

  it.each([0, 1, 13, sealed.length - 1])('does not open when byte %i was changed', (at) => {
    const altered = Buffer.from(sealed);
    altered[at] = altered[at]! ^ 1;
    expect(() => file.open(place, altered)).toThrow(CannotOpen);
  });

  it.each([0, 5, 28])('does not open when only %i bytes are left of it', (length) => {
    expect(() => open(key, 'x', seal(key, 'x', Buffer.from('text')).subarray(0, length))).toThrow(CannotOpen);
  });
});
