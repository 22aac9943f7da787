import { randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import { isKeyRing, KeyRing, KeyRingUnreadable } from './key-ring.js';

const key = (): string => randomBytes(32).toString('base64url');
const OLD = key();
const NEW = key();

describe('the ring of the installation', () => {
  it('is one key where only one is given', () => {
    const ring = KeyRing.read({ loneKey: OLD });
    expect(ring.ids).toEqual(['installation']);
    expect(ring.key(ring.current)).toEqual(Buffer.from(OLD, 'base64url'));
    expect(ring.oldest).toBe(ring.current);
  });

  it.each([',', ' ', '\n', ' ,\n'])('parts its entries by %j, the newest current', (between) => {
    const ring = KeyRing.read({ entries: `2027:${NEW}${between}2026:${OLD}` });
    expect([ring.current, ring.oldest, ...ring.ids]).toEqual(['2027', '2026', '2027', '2026']);
    expect(ring.key('2027')).toEqual(Buffer.from(NEW, 'base64url'));
    expect(ring.key('2025')).toBeUndefined();
  });

  it('keeps the key that stood alone as its oldest', () => {
    const ring = KeyRing.read({ entries: `2027:${NEW}`, loneKey: OLD });
    expect([ring.current, ring.oldest]).toEqual(['2027', 'installation']);
  });

  it('may know a key before it is current', () => {
    const ring = KeyRing.read({ entries: `2027:${NEW}`, loneKey: OLD, current: 'installation' });
    expect([ring.current, ring.oldest]).toEqual(['installation', 'installation']);
    expect(ring.key('2027')).toBeDefined();
  });

  it.each([
    ['nothing', {}],
    ['no entry', { entries: ' , ' }],
    ['a key without an id', { entries: NEW }],
    ['a key that is too short', { entries: '2027:c2hvcnQ' }],
    ['one id twice', { entries: `2027:${NEW},2027:${OLD}` }],
    ['the id of the key that stands alone', { entries: `installation:${NEW}`, loneKey: OLD }],
    ['a current key that it does not hold', { entries: `2027:${NEW}`, current: '2028' }],
  ])('is not one with %s', (_, written) => {
    expect(isKeyRing(written)).toBe(false);
    expect(() => KeyRing.read(written)).toThrow(new KeyRingUnreadable());
  });

  it('shows no key to an inspection', () => {
    const shown = inspect(KeyRing.read({ loneKey: OLD }), { depth: null, showHidden: true });
    expect(shown).not.toMatch(/Buffer|Uint8Array/);
  });
});
