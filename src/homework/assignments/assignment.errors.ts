import { Problem } from '../../common/problem.js';
import { invalidInput } from '../../common/problems.js';
import type { AssignmentStatus } from './assignment.entity.js';

const STATUS_NL: Readonly<Record<AssignmentStatus, string>> = {
  active: 'actief',
  paused: 'gepauzeerd',
  completed: 'afgerond',
  stopped: 'gestopt',
};

export const wrongAssignmentState = (is: AssignmentStatus, from: readonly AssignmentStatus[]): Problem =>
  new Problem({
    type: 'wrong-state',
    status: 409,
    title: { nl: 'Dat kan in deze stand niet', en: 'Not possible in this state' },
    detail: {
      nl: `De opdracht is ${STATUS_NL[is]}; dit kan alleen als zij ${from.map((one) => STATUS_NL[one]).join(' of ')} is.`,
      en: `The assignment is ${is}; this is possible only when it is ${from.join(' or ')}.`,
    },
    facts: { state: is },
  });

/** Few at a time: recovery asks for less, not for more. */
export const tooManyAssignments = (limit: number, active: number, asked: number): Problem =>
  new Problem({
    type: 'too-many-assignments',
    status: 409,
    title: { nl: 'Er loopt al genoeg', en: 'There is enough going on already' },
    detail: {
      nl: `Deze cliënt heeft al ${active} oefeningen, ${asked === 1 ? '' : `hier komen er ${asked} bij, `}en jullie houden het op ${limit} tegelijk. Herstel vraagt eerder om minder dan om meer. Rond er een af of laat er een rusten; of geef ${asked === 1 ? 'deze' : 'ze'} er bewust bij, met overrideLimit.`,
      en: `This client has ${active} exercises already, ${asked === 1 ? '' : `these are ${asked} more, `}and your practice keeps it to ${limit} at a time. Recovery asks for less rather than for more. Complete one or let one rest; or give ${asked === 1 ? 'this one' : 'them'} on purpose, with overrideLimit.`,
    },
    facts: { limit, active, asked },
  });

export const notInTheCatalogue = (): Problem =>
  invalidInput([
    {
      pointer: '/exerciseId',
      detail: {
        nl: 'Dit is geen gepubliceerde oefening van deze praktijk.',
        en: 'This is not a published exercise of this practice.',
      },
    },
  ]);

export const unknownSession = (): Problem =>
  invalidInput([
    {
      pointer: '/sessionId',
      detail: { nl: 'Dit is geen sessie van deze cliënt.', en: 'This is not a session of this client.' },
    },
  ]);

export const endBeforeStart = (): Problem =>
  invalidInput([
    {
      pointer: '/endOn',
      detail: { nl: 'Dit ligt voor het begin.', en: 'This lies before the start.' },
    },
  ]);
