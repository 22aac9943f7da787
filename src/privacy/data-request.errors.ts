import { Problem } from '../common/problem.js';
import { invalidInput } from '../common/problems.js';
import type { DataRequestStatus } from './data-request.entity.js';

const STATUS_NL: Readonly<Record<DataRequestStatus, string>> = {
  received: 'ontvangen',
  confirmed: 'bevestigd',
  approved: 'goedgekeurd',
  running: 'in uitvoering',
  completed: 'afgerond',
  refused: 'afgewezen',
  cancelled: 'ingetrokken',
};

export const wrongRequestState = (is: DataRequestStatus, from: readonly DataRequestStatus[]): Problem =>
  new Problem({
    type: 'wrong-state',
    status: 409,
    title: { nl: 'Dat kan in deze stand niet', en: 'Not possible in this state' },
    detail:
      from.length === 0
        ? {
            nl: 'Dit soort verzoek voert het systeem zelf uit zodra het is goedgekeurd.',
            en: 'This kind of request is carried out by the system, once it is approved.',
          }
        : {
            nl: `Het verzoek is ${STATUS_NL[is]}; dit kan alleen als het ${from.map((one) => STATUS_NL[one]).join(' of ')} is.`,
            en: `The request is ${is}; this is possible only when it is ${from.join(' or ')}.`,
          },
    facts: { state: is },
  });

export const askedAlready = (): Problem =>
  new Problem({
    type: 'asked-already',
    status: 409,
    title: { nl: 'Dit is al gevraagd', en: 'This has been asked already' },
    detail: {
      nl: 'Er loopt al een verzoek van deze soort. Het antwoord komt vanzelf; intrekken kan ook.',
      en: 'There is an open request of this kind. Its answer will come; it can also be taken back.',
    },
  });

export const extendedAlready = (dueOn: string): Problem =>
  new Problem({
    type: 'extended-already',
    status: 409,
    title: { nl: 'Dit verzoek is al verlengd', en: 'This request was extended already' },
    detail: {
      nl: `Verlengen kan één keer. Het antwoord is er uiterlijk ${dueOn}.`,
      en: `It can be extended once. It is answered by ${dueOn}.`,
    },
    facts: { dueOn },
  });

/** The client is to be told of it, with the reason, within the first month (AVG art. 12(3)). */
export const tooLateToExtend = (dueOn: string): Problem =>
  new Problem({
    type: 'too-late-to-extend',
    status: 409,
    title: { nl: 'De maand is voorbij', en: 'The month is over' },
    detail: {
      nl: `Verlengen kan alleen binnen de eerste maand, die op ${dueOn} eindigde. Antwoord zo snel als het kan.`,
      en: `It can be extended only within the first month, which ended on ${dueOn}. Answer as soon as you can.`,
    },
    facts: { dueOn },
  });

/** What somebody asked to be left alone is not destroyed either (AVG art. 18(2)). */
export const fileHeld = (): Problem =>
  new Problem({
    type: 'file-held',
    status: 409,
    title: { nl: 'Dit dossier wordt vastgehouden', en: 'This file is held' },
    detail: {
      nl: 'De cliënt vroeg om beperking of maakte bezwaar, of een beheerder houdt het dossier vast. Rond dat eerst af; daarna kan het gewist worden.',
      en: 'The client asked for restriction or objected, or an admin holds the file. Settle that first; then it can be erased.',
    },
  });

export const coachesProposeErasureOnly = (): Problem =>
  invalidInput([
    {
      pointer: '/kind',
      detail: {
        nl: 'Een coach kan voorstellen een dossier te wissen; andere verzoeken neemt een beheerder aan.',
        en: 'A coach may propose to erase a file; other requests are taken by an admin.',
      },
    },
  ]);

export const detailsNeeded = (): Problem =>
  invalidInput([
    {
      pointer: '/details',
      detail: {
        nl: 'Zeg wat er niet klopt en hoe het wel is.',
        en: 'Say what is not right, and how it is.',
      },
    },
  ]);

export const receivedInTheFuture = (): Problem =>
  invalidInput([
    {
      pointer: '/receivedOn',
      detail: { nl: 'Dit ligt in de toekomst.', en: 'This lies in the future.' },
    },
  ]);

export const noCopy = (state: DataRequestStatus): Problem =>
  new Problem({
    type: 'no-copy',
    status: 409,
    title: { nl: 'Er is (nog) geen kopie', en: 'There is no copy (yet)' },
    detail: {
      nl: 'Een kopie is er zodra het verzoek is afgerond, dertig dagen lang. Is ze verlopen, vraag haar dan opnieuw aan.',
      en: 'There is a copy once the request is completed, for thirty days. Where it has expired, ask for it again.',
    },
    facts: { state },
  });

/** Who signs in fetches it themselves. */
export const fetchedInPortal = (): Problem =>
  new Problem({
    type: 'copy-in-the-portal',
    status: 409,
    title: { nl: 'De cliënt haalt deze kopie zelf op', en: 'The client fetches this copy themselves' },
    detail: {
      nl: 'Deze cliënt heeft een inlog: de kopie staat in het portaal en is voor niemand anders.',
      en: 'This client has a login: the copy is in the portal, and for nobody else.',
    },
  });
