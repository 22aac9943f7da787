import { readWrappedKey, wrappingOf } from './wrapped-key.js';

describe('a wrapped key', () => {
  it('names the key of the ring that opens it', () => {
    const sealed = Buffer.from([1, 2, 3]);
    expect(readWrappedKey(Buffer.concat([wrappingOf('2026-11'), sealed]))).toEqual({
      ringKeyId: '2026-11',
      sealed,
    });
  });

  it('names none when it is from before the ring', () => {
    const wrapped = Buffer.from([1, 9, 9]);
    expect(readWrappedKey(wrapped)).toEqual({ sealed: wrapped });
  });

  it.each([
    ['of an unknown format', Buffer.from([7, 1, 65])],
    ['that is empty', Buffer.alloc(0)],
    ['that breaks off', Buffer.from([2])],
  ])('names a key that no ring has in one %s', (_, wrapped) => {
    expect(readWrappedKey(wrapped).ringKeyId).toBe('');
  });
});
