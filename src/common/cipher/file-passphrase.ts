import { hkdfSync } from 'node:crypto';

/** Crockford's: without the letters that look like digits, for it is read from paper. */
const LETTERS = '0123456789abcdefghjkmnpqrstvwxyz';
const LENGTH = 25;

/**
 * A passphrase that belongs to a file and follows from its key: 125 bits in five groups, such as `7k2mp-…`. Whoever has it
 * opens the archive and learns nothing of the key.
 */
export function filePassphrase(fileKey: Buffer): string {
  const bytes = Buffer.from(hkdfSync('sha256', fileKey, '', 'passphrase of an archive', LENGTH));
  const letters = [...bytes].map((byte) => LETTERS[byte % LETTERS.length]!).join('');
  return letters.match(/.{5}/g)!.join('-');
}
