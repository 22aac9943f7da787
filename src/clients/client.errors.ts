import { invalidInput } from '../common/problems.js';
import { Problem } from '../common/problem.js';
import type { ClientStatus } from './client.entity.js';

export const consentRequired = (): Problem =>
  new Problem({
    type: 'consent-required',
    status: 409,
    title: { nl: 'Er is geen toestemming', en: 'There is no consent' },
    detail: {
      nl: 'Vragen, stressgegevens, observaties, notities en logboek worden pas bewaard als de uitdrukkelijke toestemming van de cliënt is vastgelegd, en niet meer nadat die is ingetrokken. De cliënt geeft haar in het portaal, of de coach legt haar vast van papier.',
      en: 'Questions, stress data, observations, notes and logs are stored only once the explicit consent of the client is on file, and no longer once it was withdrawn. The client gives it in the portal, or the coach records it from paper.',
    },
  });

export const fileClosed = (): Problem =>
  new Problem({
    type: 'file-closed',
    status: 409,
    title: { nl: 'Dit dossier is gesloten', en: 'This file is closed' },
    detail: {
      nl: 'Een gesloten dossier is te lezen, niet te wijzigen. De coach kan het heropenen.',
      en: 'A closed file can be read, not changed. The coach can reopen it.',
    },
  });

const STATUS_NL: Readonly<Record<ClientStatus, string>> = {
  prospect: 'kandidaat',
  active: 'actief',
  paused: 'gepauzeerd',
  closed: 'gesloten',
};

export const wrongClientState = (is: ClientStatus, from: readonly ClientStatus[]): Problem =>
  new Problem({
    type: 'wrong-state',
    status: 409,
    title: { nl: 'Dat kan in deze stand niet', en: 'Not possible in this state' },
    detail: {
      nl: `Het dossier is ${STATUS_NL[is]}; dit kan alleen als het ${from.map((one) => STATUS_NL[one]).join(' of ')} is.`,
      en: `The file is ${is}; this is possible only when it is ${from.join(' or ')}.`,
    },
    facts: { state: is },
  });

export const noAddressToInvite = (): Problem =>
  new Problem({
    type: 'no-address-to-invite',
    status: 409,
    title: { nl: 'Er is geen e-mailadres', en: 'There is no e-mail address' },
    detail: {
      nl: 'Vul eerst het e-mailadres van de cliënt in.',
      en: "Fill in the client's e-mail address first.",
    },
  });

export const unknownCoach = (): Problem =>
  invalidInput([
    {
      pointer: '/coachId',
      detail: { nl: 'Dit is geen coach van deze praktijk.', en: 'This is not a coach of this practice.' },
    },
  ]);

export const coachNeeded = (): Problem =>
  invalidInput([
    {
      pointer: '/coachId',
      detail: { nl: 'Zeg welke coach de cliënt begeleidt.', en: 'Say which coach the client is with.' },
    },
  ]);

export const onlyTheCoachRecords = (fields: readonly string[]): Problem =>
  invalidInput(
    fields.map((field) => ({
      pointer: `/${field}`,
      detail: {
        nl: 'Alleen de eigen coach legt dit vast.',
        en: "Only the client's own coach records this.",
      },
    })),
  );

export const unknownConsentText = (): Problem =>
  invalidInput([
    {
      pointer: '/textVersion',
      detail: { nl: 'Deze toestemmingstekst bestaat niet.', en: 'There is no such consent text.' },
    },
  ]);

export const consentInTheFuture = (): Problem =>
  invalidInput([
    {
      pointer: '/givenOn',
      detail: { nl: 'Dit ligt in de toekomst.', en: 'This lies in the future.' },
    },
  ]);

export const withdrawnInTheFuture = (): Problem =>
  invalidInput([
    {
      pointer: '/withdrawnOn',
      detail: { nl: 'Dit ligt in de toekomst.', en: 'This lies in the future.' },
    },
  ]);

export const withdrawnBeforeGiven = (): Problem =>
  invalidInput([
    {
      pointer: '/withdrawnOn',
      detail: {
        nl: 'Dit is vóór de dag waarop de toestemming is gegeven.',
        en: 'This is before the day on which the consent was given.',
      },
    },
  ]);

/** Nobody consents to what they have not read. */
export const consentTextOutdated = (current: number): Problem =>
  new Problem({
    type: 'consent-text-outdated',
    status: 409,
    title: { nl: 'Er is een nieuwe tekst', en: 'There is a new text' },
    detail: {
      nl: 'De tekst is vernieuwd sinds je hem las. Lees de nieuwe rustig door en geef dan je antwoord.',
      en: 'The text was renewed since you read it. Take your time to read the new one, then answer.',
    },
    facts: { textVersion: current },
  });

export const consentNotInForce = (): Problem =>
  new Problem({
    type: 'consent-not-in-force',
    status: 409,
    title: { nl: 'Deze toestemming is al ingetrokken', en: 'This consent has been withdrawn already' },
  });
