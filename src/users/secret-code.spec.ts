import { newSecretCode, parseSecretCode } from './secret-code.js';

const practiceId = '0196f3a0-1111-7222-8333-444455556666';

describe('a secret code', () => {
  it('tells its practice and proves its secret', () => {
    const { code, hash } = newSecretCode(practiceId);
    expect(parseSecretCode(code)).toEqual({ practiceId, hash });
  });

  it('does not contain what is stored of it', () => {
    const { code, hash } = newSecretCode(practiceId);
    expect(code).not.toContain(hash.toString('base64url'));
  });

  it.each(['', 'nonsense', '.', 'AAAAAAAAAAAAAAAAAAAAAA.short', `${'A'.repeat(22)}.${'A'.repeat(44)}`])(
    'is not read out of %p',
    (text) => {
      expect(parseSecretCode(text)).toBeUndefined();
    },
  );
});
