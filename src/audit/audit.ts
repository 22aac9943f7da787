import { Injectable } from '@nestjs/common';
import type { Actor } from '../common/actor.js';
import { Clock } from '../common/clock.js';
import type { Tx } from '../database/tx.js';
import type { AuditEvent } from './audit-event.js';
import { type AuditRow, auditRow, INSERT_AUDIT_ROWS } from './audit-row.js';
import { Witness } from './witness.js';

/**
 * The log of who did what to whose file. Two doors: a change is recorded in its own transaction, so that
 * neither can be without the other; a read, a refusal or a sign-in is witnessed, durably, before its
 * answer leaves.
 */
@Injectable()
export class Audit {
  private readonly pending = new WeakMap<Tx, AuditRow[]>();

  constructor(
    private readonly clock: Clock,
    private readonly witnessed: Witness,
  ) {}

  /** Records a change; the row commits with it or not at all. */
  record(tx: Tx, event: AuditEvent): void {
    const row = auditRow(tx.actor, event, this.clock.now());
    const rows = this.pending.get(tx);
    if (rows) {
      rows.push(row);
      return;
    }
    const first = [row];
    this.pending.set(tx, first);
    tx.finally(() => tx.query(INSERT_AUDIT_ROWS, [JSON.stringify(first)]));
  }

  /** Resolves once the event is durable: tell nothing before. */
  witness(actor: Actor, event: AuditEvent): Promise<void> {
    return this.witnessed.write(auditRow(actor, event, this.clock.now()));
  }
}
