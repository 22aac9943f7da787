import { escapeLiteral } from 'pg';
import { type Actor, isAdmin, isCoach, isTask, type Person, type SystemTask } from '../common/actor.js';

/** `SNAPSHOT` sees one moment, however long it reads. */
export const SNAPSHOT = 'isolation level repeatable read read only';
export type TransactionMode = 'read only' | 'read write' | typeof SNAPSHOT;

/**
 * The statement that begins an actor's transaction, as one round trip: the settings that every policy
 * compares with, and for a person the check that login, roles and file still stand as the token says, and
 * that they have the second factor which the practice may want.
 * `set local` with literals, not `set_config()`: only the former reaches the workers of a distributed
 * Postgres. A check that fails aborts the transaction, so that nothing sent behind it can run.
 */
export function begin(actor: Actor, mode: TransactionMode): string {
  const statements = isTask(actor) ? taskSettings(actor) : personSettings(actor);
  return [`begin ${mode}`, ...statements].join(';');
}

function personSettings(person: Person): string[] {
  return [
    setting('practice_id', person.practiceId),
    setting('user_id', person.userId),
    setting('login_id', person.loginId),
    setting('coach_id', isCoach(person) ? person.userId : ''),
    setting('client_id', person.clientId ?? ''),
    setting('admin', isAdmin(person) ? 'on' : ''),
    `call actor.confirm(${person.enrolling === true})`,
  ];
}

/** A task on behalf of a person first proves the person, and then has the task's rights only. */
function taskSettings({ practiceId, task, onBehalfOf }: SystemTask): string[] {
  const proof = onBehalfOf
    ? [...personSettings(onBehalfOf), setting('coach_id', ''), setting('client_id', ''), setting('admin', '')]
    : [setting('practice_id', practiceId)];
  return [...proof, setting('task', task)];
}

const setting = (name: string, value: string): string => `set local app.${name} = ${escapeLiteral(value)}`;
