import { Problem } from '../problem.js';
import { contentRange, rangeOf } from './byte-range.js';

const asked = (range?: string, ifRange?: string, bytes = 100) =>
  rangeOf({ range, 'if-range': ifRange }, bytes, '"a"');

describe('a part of a file', () => {
  it.each([
    ['bytes=0-9', { from: 0, until: 10 }],
    ['bytes=90-', { from: 90, until: 100 }],
    ['bytes=-5', { from: 95, until: 100 }],
    ['bytes=-500', { from: 0, until: 100 }],
    ['bytes=99-1000000', { from: 99, until: 100 }],
    ['Bytes=5-5', { from: 5, until: 6 }],
  ])('%s is %o', (range, span) => {
    expect(asked(range)).toEqual(span);
  });

  it.each([undefined, 'bytes=-', 'bytes=9-5', 'bytes=0-1,5-6', 'lines=1-2', 'bytes=a-b', 'bytes=1e3-'])(
    'is all of it for %p',
    (range) => {
      expect(asked(range)).toBeUndefined();
    },
  );

  it.each(['bytes=100-', 'bytes=500-600', 'bytes=-0'])('%s lies behind the end', (range) => {
    expect(() => asked(range)).toThrow(Problem);
  });

  it('of an empty file is never there', () => {
    expect(() => asked('bytes=0-', undefined, 0)).toThrow(Problem);
    expect(() => asked('bytes=-1', undefined, 0)).toThrow(Problem);
  });

  it('is sent only of the file that was begun', () => {
    expect(asked('bytes=0-9', '"a"')).toEqual({ from: 0, until: 10 });
    expect(asked('bytes=0-9', '"b"')).toBeUndefined();
  });

  it('says which it is', () => {
    expect(contentRange({ from: 0, until: 10 }, 100)).toBe('bytes 0-9/100');
  });
});
