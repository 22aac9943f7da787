import { escapeLiteral } from 'pg';
import { type Actor, isAdmin, isCoach, isTask } from '../common/actor.js';

/** `SNAPSHOT` sees one moment, however long it reads. */
export const SNAPSHOT = 'isolation level repeatable read read only';
export type TransactionMode = 'read only' | 'read write' | typeof SNAPSHOT;

/** A statement with its parameters. */
export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

type Told = string | boolean | null;

/**
 * What is asked first in each transaction: it gives Postgres the settings that every policy compares with, until the
 * transaction ends, and for a person proves that login, roles and file still stand as the token says, and that they have
 * the second factor which the practice may want. A proof that fails aborts the transaction, so that nothing sent behind it
 * can run.
 */
export function enter(actor: Actor, onlyReads: boolean): Statement {
  return {
    text: 'select actor.enter($1, $2, $3, $4, $5, $6, $7, $8, $9)',
    values: toldOf(actor, onlyReads),
  };
}

/** The same behind a `begin`, as one statement, for who speaks to Postgres in a way of its own. */
export function begin(actor: Actor, mode: TransactionMode): string {
  const told = toldOf(actor, mode !== 'read write').map((value) =>
    typeof value === 'string' ? escapeLiteral(value) : String(value),
  );
  return `begin ${mode};select actor.enter(${told.join(', ')})`;
}

/** In the order in which `actor.enter` takes it. */
function toldOf(actor: Actor, onlyReads: boolean): Told[] {
  const person = isTask(actor) ? actor.onBehalfOf : actor;
  return [
    actor.practiceId,
    person?.userId ?? null,
    person?.loginId ?? null,
    person !== undefined && isCoach(person),
    person !== undefined && isAdmin(person),
    person?.clientId ?? null,
    person?.enrolling === true,
    isTask(actor) ? actor.task : null,
    onlyReads,
  ];
}
