import { QueryFailedError } from 'typeorm';
import { loggedError } from './logged-error.js';

const fromDatabase = (): Error =>
  Object.assign(new Error('invalid input syntax for type integer: "Sanne Bakker"'), {
    code: '22P02',
    routine: 'pg_strtoint32_safe',
    detail: 'Key (email)=(sanne@bakker.example) already exists.',
  });

describe('what is logged of an error', () => {
  it.each([
    ['from the driver', fromDatabase()],
    ['wrapped by TypeORM', new QueryFailedError('select $1', ['Sanne Bakker'], fromDatabase())],
  ])('%s is where it came from, and nothing that somebody wrote', (_, error) => {
    const logged = loggedError(error);
    expect(logged).toMatchObject({ code: '22P02', routine: 'pg_strtoint32_safe' });
    expect((logged as { stack: string }).stack).toMatch(/^\s+at /);
    expect(JSON.stringify(logged)).not.toMatch(/sanne/i);
  });

  it('of our own is whole', () => {
    expect(loggedError(new RangeError('too far'))).toMatchObject({ name: 'RangeError', message: 'too far' });
  });

  it.each([undefined, null, 'a text', { name: 'Sanne' }])('that is none (%p) is its type only', (error) => {
    expect(loggedError(error)).toEqual({ type: typeof error });
  });
});
