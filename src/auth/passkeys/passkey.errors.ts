import { Problem } from '../../common/problem.js';

/** One and the same for a passkey that nobody has, a wrong answer, a spent challenge and a disabled user. */
export const passkeyRefused = (): Problem =>
  new Problem({
    type: 'passkey-refused',
    status: 401,
    title: { nl: 'Aanmelden met deze passkey lukt niet', en: 'Signing in with this passkey did not work' },
    detail: {
      nl: 'Probeer het opnieuw, of meld je aan met je wachtwoord.',
      en: 'Try again, or sign in with your password.',
    },
    headers: { 'www-authenticate': 'Bearer' },
  });

export const passkeyNotUsable = (): Problem =>
  new Problem({
    type: 'passkey-not-usable',
    status: 422,
    title: { nl: 'Deze passkey is niet toe te voegen', en: 'This passkey cannot be added' },
    detail: {
      nl: 'Begin opnieuw; je apparaat moet vragen wie je bent, met een vingerafdruk, gezicht of pincode.',
      en: 'Begin again; your device has to ask who you are, by fingerprint, face or PIN.',
    },
  });

export const passkeyKnown = (): Problem =>
  new Problem({
    type: 'passkey-known',
    status: 409,
    title: { nl: 'Deze passkey is er al', en: 'This passkey is there already' },
  });

export const tooManyPasskeys = (): Problem =>
  new Problem({
    type: 'too-many-passkeys',
    status: 409,
    title: { nl: 'Je hebt al veel passkeys', en: 'You have many passkeys already' },
    detail: { nl: 'Verwijder er eerst een.', en: 'Remove one of them first.' },
  });
