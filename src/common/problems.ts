import { type InputError, Problem } from './problem.js';

/** The problems that any route may answer with; a feature's own stand in its `*.errors.ts`. */

export const malformed = (): Problem =>
  new Problem({
    type: 'malformed',
    status: 400,
    title: { nl: 'Dit verzoek is niet te lezen', en: 'This request cannot be read' },
    detail: { nl: 'De inhoud is geen geldige JSON.', en: 'The body is not valid JSON.' },
  });

export const unauthenticated = (): Problem =>
  new Problem({
    type: 'unauthenticated',
    status: 401,
    title: { nl: 'Meld je aan', en: 'Sign in' },
    detail: {
      nl: 'Er is geen geldige aanmelding bij dit verzoek. Vernieuw je toegang of meld je opnieuw aan.',
      en: 'This request carries no valid sign-in. Refresh your access or sign in again.',
    },
    headers: { 'www-authenticate': 'Bearer' },
  });

export const forbidden = (): Problem =>
  new Problem({
    type: 'forbidden',
    status: 403,
    title: { nl: 'Dit hoort niet bij jouw rol', en: 'This is not for your role' },
  });

/** So that a client asks for the proof and tries again (RFC 9470, section 3). */
export const stepUpRequired = (withinSeconds: number): Problem =>
  new Problem({
    type: 'step-up-required',
    status: 401,
    title: { nl: 'Bevestig dat jij het bent', en: 'Confirm that it is you' },
    detail: {
      nl: 'Voor deze stap vragen we je wachtwoord nog een keer. Daarna kun je tien minuten verder.',
      en: 'This step asks for your password once more. After that you can go on for ten minutes.',
    },
    headers: {
      'www-authenticate': `Bearer error="insufficient_user_authentication", max_age="${withinSeconds}"`,
    },
  });

/** Until a coach or an admin has the second factor that their practice wants, only enrolling is open. */
export const secondFactorEnrolmentRequired = (): Problem =>
  new Problem({
    type: 'second-factor-enrolment-required',
    status: 403,
    title: { nl: 'Stel eerst een tweede factor in', en: 'Set up a second factor first' },
    detail: {
      nl: 'Je praktijk vraagt bij het aanmelden om een tweede factor. Koppel een authenticator-app of een passkey; daarna is alles weer open.',
      en: 'Your practice asks for a second factor at sign-in. Add an authenticator app or a passkey; then everything is open again.',
    },
  });

/** Also for what exists but is somebody else's: existence itself is private. */
export const notFound = (): Problem =>
  new Problem({ type: 'not-found', status: 404, title: { nl: 'Niet gevonden', en: 'Not found' } });

export const methodNotAllowed = (allowed: readonly string[]): Problem =>
  new Problem({
    type: 'method-not-allowed',
    status: 405,
    title: { nl: 'Dit kan hier niet', en: 'Not possible here' },
    detail: {
      nl: `Op dit adres kan alleen ${allowed.join(', ')}.`,
      en: `This address answers ${allowed.join(', ')} only.`,
    },
    headers: { allow: allowed.join(', ') },
  });

export const timedOut = (): Problem =>
  new Problem({
    type: 'timed-out',
    status: 408,
    title: { nl: 'Het verzoek kwam te langzaam binnen', en: 'The request came in too slowly' },
  });

export const stale = (): Problem =>
  new Problem({
    type: 'stale',
    status: 412,
    title: { nl: 'Iemand was je voor', en: 'Somebody was ahead of you' },
    detail: {
      nl: 'Dit is intussen gewijzigd. Haal de laatste versie op en leg jouw wijziging ernaast: er is niets overschreven.',
      en: 'This has changed since. Fetch the latest version and hold your change beside it: nothing was overwritten.',
    },
  });

export const preconditionRequired = (header: 'If-Match' | 'If-None-Match'): Problem =>
  new Problem({
    type: 'precondition-required',
    status: 428,
    title: { nl: 'Zeg welke versie je wijzigt', en: 'Say which version you are changing' },
    detail: {
      nl: `Stuur de header ${header} mee, zodat er geen tekst van een ander verloren gaat.`,
      en: `Send the header ${header}, so that nobody's text is lost.`,
    },
  });

export const tooLarge = (bytes: number): Problem =>
  new Problem({
    type: 'too-large',
    status: 413,
    title: { nl: 'Dit is te groot', en: 'This is too large' },
    detail: {
      nl: `Er past hoogstens ${bytes} bytes in een verzoek.`,
      en: `A request holds ${bytes} bytes at most.`,
    },
  });

export const headersTooLarge = (): Problem =>
  new Problem({
    type: 'headers-too-large',
    status: 431,
    title: {
      nl: 'De headers van dit verzoek zijn te groot',
      en: 'The headers of this request are too large',
    },
  });

export const unsupportedMediaType = (): Problem =>
  new Problem({
    type: 'unsupported-media-type',
    status: 415,
    title: { nl: 'Dit soort inhoud wordt niet gelezen', en: 'This kind of content is not read here' },
    detail: { nl: 'Stuur application/json.', en: 'Send application/json.' },
  });

export const invalidInput = (errors: readonly InputError[]): Problem =>
  new Problem({
    type: 'invalid-input',
    status: 422,
    title: { nl: 'Er klopt iets niet in wat je stuurde', en: 'Something in what you sent is not right' },
    errors,
  });

export const repeatInFlight = (): Problem =>
  new Problem({
    type: 'repeat-in-flight',
    status: 409,
    title: { nl: 'Ditzelfde verzoek loopt nog', en: 'This same request is still under way' },
    detail: { nl: 'Probeer het zo meteen opnieuw.', en: 'Try again in a moment.' },
    headers: { 'retry-after': '1' },
  });

export const repeatDiffers = (): Problem =>
  new Problem({
    type: 'repeat-differs',
    status: 422,
    title: {
      nl: 'Deze Idempotency-Key hoort bij een ander verzoek',
      en: 'This Idempotency-Key belongs to another request',
    },
    detail: {
      nl: 'Gebruik voor een andere inhoud een nieuwe sleutel.',
      en: 'Use a new key for another body.',
    },
  });

export const unavailable = (): Problem =>
  new Problem({
    type: 'unavailable',
    status: 503,
    title: { nl: 'Even niet bereikbaar', en: 'Not available for a moment' },
    detail: { nl: 'Probeer het zo meteen opnieuw.', en: 'Try again in a moment.' },
    headers: { 'retry-after': '5' },
  });

/** A bug of ours: it says nothing but the number of the occurrence. */
export const unexpected = (): Problem =>
  new Problem({
    type: 'unexpected',
    status: 500,
    title: { nl: 'Er ging iets mis bij ons', en: 'Something went wrong on our side' },
    detail: {
      nl: 'Er is niets half gedaan. Meld het nummer hieronder als het blijft gebeuren.',
      en: 'Nothing was half done. Report the number below if it keeps happening.',
    },
  });
