import { setImmediate as turnIsOver } from 'node:timers/promises';
import type { QueryResult } from 'pg';
import type { Actor } from '../common/actor.js';
import { enter } from './actor-settings.js';
import { unauthenticatedWhenLoginEnded } from './login-ended.js';
import type { Connect, ServingClient } from './serving-client.js';
import { type Asks, TransactionEnded } from './tx.js';
import { sqlStateOf } from './violation.js';

interface Asked {
  readonly text: string;
  readonly values: unknown[];
  readonly told: (result: QueryResult) => void;
  readonly failed: (error: unknown) => void;
}

/**
 * What one actor asks who changes nothing. What is asked in one turn of the event loop is one batch, with the proof of who
 * asks in front of it: one message to Postgres, and nothing to begin or to end. What had to wait for an answer is asked in
 * a batch of its own, and proved again.
 */
export class Reads implements Asks {
  private asked: Asked[] = [];
  private refusal: unknown;

  constructor(
    private readonly connect: Connect,
    private readonly actor: Actor,
  ) {}

  query(text: string, values: unknown[] = []): Promise<QueryResult> {
    return new Promise((told, failed) => {
      this.asked.push({ text, values, told, failed });
      if (this.asked.length === 1) void this.send();
    });
  }

  /**
   * What was asked, and not waited for until now, is not sent any more.
   * @throws Problem 401 or 403 where Postgres did not let the actor in, whatever was made of it until now
   */
  end(): void {
    for (const { failed } of this.asked.splice(0)) failed(new TransactionEnded());
    if (this.refusal) unauthenticatedWhenLoginEnded(this.refusal);
  }

  private async send(): Promise<void> {
    try {
      const [client] = await Promise.all([this.connect(), turnIsOver()]);
      client.release(await this.sendOn(client));
    } catch (error) {
      for (const { failed } of this.asked.splice(0)) failed(error);
    }
  }

  /** @returns whether the connection is of no more use */
  private async sendOn(client: ServingClient): Promise<boolean> {
    const asked = this.asked.splice(0);
    if (asked.length === 0) return false;
    const batch = client.ask([enter(this.actor, true), ...asked]);
    try {
      const [, ...results] = await batch.answer;
      asked.forEach(({ told }, i) => told(results[i]!));
      return false;
    } catch (error) {
      if (batch.done === 0) this.refusal = error;
      for (const { failed } of asked) failed(error);
      return isLost(error);
    }
  }
}

/** Whatever Postgres did not say of a statement, it or somebody between said of the connection. */
const isLost = (error: unknown): boolean => /^(08|57P|XX)/.test(sqlStateOf(error) ?? 'XX');
