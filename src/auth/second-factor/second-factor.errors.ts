import { Problem } from '../../common/problem.js';

/** Told only behind a password that was right. */
export const secondFactorRequired = (factors: readonly string[]): Problem =>
  new Problem({
    type: 'second-factor-required',
    status: 401,
    title: { nl: 'Nog één stap', en: 'One more step' },
    detail: {
      nl: 'Vul de code uit je authenticator-app in, een herstelcode, of gebruik je passkey.',
      en: 'Enter the code of your authenticator app, a recovery code, or use your passkey.',
    },
    facts: { factors },
    headers: { 'www-authenticate': 'Bearer' },
  });

export const secondFactorRefused = (): Problem =>
  new Problem({
    type: 'second-factor-refused',
    status: 401,
    title: { nl: 'Deze code werkt niet', en: 'This code does not work' },
    detail: {
      nl: 'Een code werkt één keer en kort. Wacht op de volgende, of neem een herstelcode.',
      en: 'A code works once, and not for long. Wait for the next one, or take a recovery code.',
    },
    headers: { 'www-authenticate': 'Bearer' },
  });

/** For somebody who is signed in: the code or password of theirs was not right, the login stands. */
export const confirmationRefused = (): Problem =>
  new Problem({
    type: 'confirmation-refused',
    status: 409,
    title: { nl: 'Dit klopt niet', en: 'This is not right' },
    detail: {
      nl: 'Het wachtwoord of de code klopt niet, of de code is al gebruikt. Probeer het met de volgende.',
      en: 'The password or the code is not right, or the code was used already. Try the next one.',
    },
  });

export const secondFactorStands = (): Problem =>
  new Problem({
    type: 'second-factor-stands',
    status: 409,
    title: { nl: 'Er is al een authenticator-app gekoppeld', en: 'An authenticator app is set up already' },
    detail: {
      nl: 'Verwijder die eerst, met je wachtwoord en een code.',
      en: 'Remove it first, with your password and a code.',
    },
  });

/** An admin who goes by the door for others would need neither password nor code. */
export const ownFactorByProof = (): Problem =>
  new Problem({
    type: 'own-second-factor',
    status: 409,
    title: { nl: 'Dit is je eigen tweede factor', en: 'This is your own second factor' },
    detail: {
      nl: 'Verwijder die in je profiel, met je wachtwoord en een code. Ben je alles kwijt, vraag dan een andere beheerder.',
      en: 'Remove it in your profile, with your password and a code. If you lost everything, ask another admin.',
    },
  });

export const nothingToConfirm = (): Problem =>
  new Problem({
    type: 'nothing-to-confirm',
    status: 409,
    title: { nl: 'Er valt niets te bevestigen', en: 'There is nothing to confirm' },
    detail: {
      nl: 'Begin met het koppelen van een authenticator-app.',
      en: 'Begin with setting up an authenticator app.',
    },
  });
