import { Problem } from '../common/problem.js';

export const alreadyTheirCoach = (): Problem =>
  new Problem({
    type: 'already-their-coach',
    status: 409,
    title: { nl: 'Dit is al de coach van dit dossier', en: 'This is the coach of the file already' },
  });

/** A planned session that the new coach cannot give: they are taken at that time. */
export interface Clash {
  readonly sessionId: string;
  readonly startsAt: string;
}

export const plannedSessionsClash = (clashes: readonly Clash[]): Problem =>
  new Problem({
    type: 'planned-sessions-clash',
    status: 409,
    title: { nl: 'De nieuwe coach is dan al bezet', en: 'The new coach is taken at that time' },
    detail: {
      nl: 'Verzet eerst de geplande sessies die hieronder staan; er is niets overgedragen.',
      en: 'Move the planned sessions named below first; nothing was transferred.',
    },
    facts: { clashes },
  });

/** Names the place in the whole body of what a part of it was refused for: use in `catch`. */
export const within =
  (place: string) =>
  (error: unknown): never => {
    if (!(error instanceof Problem) || !error.options.errors) throw error;
    const errors = error.options.errors.map((one) =>
      'pointer' in one ? { ...one, pointer: `${place}${one.pointer}` } : one,
    );
    throw new Problem({ ...error.options, errors });
  };
