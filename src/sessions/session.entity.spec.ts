import { Problem } from '../common/problem.js';
import { SESSION_STATUSES, Session, type SessionStatus } from './session.entity.js';

const START = new Date('2026-03-02T09:00:00Z');
const LATER = new Date('2026-03-02T12:00:00Z');

function session(status: SessionStatus): Session {
  const one = Object.assign(new Session(), { status, mode: 'video' });
  one.time(START, 60);
  return one;
}

const refusal = (act: () => void): string | undefined => {
  try {
    act();
  } catch (error) {
    if (error instanceof Problem) return error.options.type;
    throw error;
  }
  return undefined;
};

describe('a session', () => {
  it('occupies its coach from its start to its end', () => {
    const { endsAt, occupiedFrom, occupiedUntil, durationMinutes } = session('planned');
    expect([endsAt, occupiedFrom, occupiedUntil]).toEqual([new Date('2026-03-02T10:00:00Z'), START, endsAt]);
    expect(durationMinutes).toBe(60);
  });

  const verbs: [string, (one: Session) => void, SessionStatus, readonly SessionStatus[]][] = [
    ['completed', (one) => one.complete(LATER), 'completed', ['planned']],
    ['cancelled', (one) => one.cancel(), 'cancelled', ['planned']],
    ['missed', (one) => one.missed(LATER), 'no_show', ['planned']],
    ['reinstated', (one) => one.reinstate(), 'planned', ['completed', 'cancelled', 'no_show']],
  ];
  for (const [verb, act, to, from] of verbs) {
    it.each([...SESSION_STATUSES])(`that is %s is ${verb} only from ${from.join(', ')}`, (status) => {
      const one = session(status);
      const refused = refusal(() => act(one));
      expect([refused, one.status]).toEqual(
        from.includes(status) ? [undefined, to] : ['wrong-state', status],
      );
    });
  }

  it('is completed from its very start, and not before', () => {
    const early = session('planned');
    expect(refusal(() => early.complete(new Date(START.getTime() - 1)))).toBe('not-yet-started');
    expect(early.status).toBe('planned');
    early.complete(START);
    expect(early.status).toBe('completed');
  });

  it('is missed from its very start, and not before', () => {
    const early = session('planned');
    expect(refusal(() => early.missed(new Date(START.getTime() - 1)))).toBe('not-yet-started');
    expect(early.status).toBe('planned');
    early.missed(START);
    expect(early.status).toBe('no_show');
  });

  it.each(['cancelled', 'no_show'] as const)('that is %s keeps its time and its mode', (status) => {
    const one = session(status);
    expect(refusal(() => one.retime(LATER, 30))).toBe('wrong-state');
    expect(refusal(() => one.changeMode('phone'))).toBe('wrong-state');
    expect([one.startsAt, one.durationMinutes, one.mode]).toEqual([START, 60, 'video']);
  });

  it.each(['planned', 'completed'] as const)('that is %s can be moved', (status) => {
    const one = session(status);
    one.retime(LATER, 30);
    one.changeMode('phone');
    expect([one.startsAt, one.durationMinutes, one.mode]).toEqual([LATER, 30, 'phone']);
  });
});
