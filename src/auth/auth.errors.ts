import { Problem } from '../common/problem.js';
import { invalidInput } from '../common/problems.js';

/** One and the same for an unknown address, a wrong password and a disabled user. */
export const credentialsRefused = (): Problem =>
  new Problem({
    type: 'credentials-refused',
    status: 401,
    title: { nl: 'Aanmelden lukt niet', en: 'Signing in did not work' },
    detail: {
      nl: 'Het e-mailadres en het wachtwoord horen niet bij elkaar.',
      en: 'The e-mail address and the password do not belong together.',
    },
    headers: { 'www-authenticate': 'Bearer' },
  });

export const practiceRequired = (): Problem =>
  new Problem({
    type: 'practice-required',
    status: 422,
    title: { nl: 'Bij welke praktijk?', en: 'At which practice?' },
    detail: {
      nl: 'Dit adres is bij meer praktijken bekend. Noem de praktijk waar je je aanmeldt.',
      en: 'This address is known at several practices. Name the one you sign in to.',
    },
    errors: [{ pointer: '/practice', detail: { nl: 'Noem de praktijk.', en: 'Name the practice.' } }],
  });

/** Of somebody who is signed in: they may try again. */
export const passwordWrong = (pointer: string): Problem =>
  new Problem({
    type: 'password-wrong',
    status: 422,
    title: { nl: 'Dit is niet je wachtwoord', en: 'This is not your password' },
    errors: [
      {
        pointer,
        detail: {
          nl: 'Dit is niet het wachtwoord waarmee je je aanmeldt.',
          en: 'You sign in with another one.',
        },
      },
    ],
  });

/** Unknown, expired, ended, or of somebody who may no longer do what it was made for: one and the same. */
export const keyRefused = (): Problem =>
  new Problem({
    type: 'key-refused',
    status: 401,
    title: { nl: 'Deze sleutel werkt niet (meer)', en: 'This key does not work (any more)' },
    detail: {
      nl: 'Maak een nieuwe sleutel voor dit script.',
      en: 'Make a new key for this script.',
    },
    headers: { 'www-authenticate': 'Bearer error="invalid_token"' },
  });

export const keyOutOfScope = (): Problem =>
  new Problem({
    type: 'key-out-of-scope',
    status: 403,
    title: { nl: 'Daar is deze sleutel niet voor', en: 'This key is not for that' },
    headers: { 'www-authenticate': 'Bearer error="insufficient_scope"' },
  });

export const refreshRefused = (): Problem =>
  new Problem({
    type: 'refresh-refused',
    status: 401,
    title: { nl: 'Meld je opnieuw aan', en: 'Sign in again' },
    detail: {
      nl: 'Deze aanmelding is beëindigd of verlopen.',
      en: 'This login was ended or has expired.',
    },
    headers: { 'www-authenticate': 'Bearer' },
  });

/** What a browser sends with its cookies, on whose behalf nobody can tell. */
export const crossSiteRequest = (): Problem =>
  new Problem({
    type: 'cross-site-request',
    status: 403,
    title: {
      nl: 'Dit verzoek kwam niet van onze eigen pagina',
      en: 'This request did not come from a page of ours',
    },
    detail: {
      nl: 'Wie met cookies is aangemeld, stuurt X-Web-Client: 1 mee, en komt van een adres dat we kennen.',
      en: 'Whoever is signed in by cookies sends X-Web-Client: 1, from an origin that we know.',
    },
  });

export const refreshTokenMissing = (): Problem =>
  invalidInput([
    {
      pointer: '/refreshToken',
      detail: {
        nl: 'Stuur het refreshToken mee, hier of in de cookie.',
        en: 'Send the refreshToken, here or in its cookie.',
      },
    },
  ]);
