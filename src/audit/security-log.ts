import { createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Origin } from '../common/actor.js';
import { Clock } from '../common/clock.js';
import { newId } from '../common/id.js';
import { Settings } from '../config/settings.js';

/** What happens before a practice is known, and so before there is an audit log to write to. */
@Injectable()
export class SecurityLog {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly settings: Settings,
  ) {}

  /**
   * @param subject whom it was about, such as an address that was typed; kept as an HMAC only, enough to
   *   see that it is the same one again
   */
  async write(origin: Origin, event: string, subject?: string): Promise<void> {
    const at = this.clock.now();
    const hash = subject && createHmac('sha256', this.settings.fingerprintKey).update(subject).digest();
    await this.dataSource.query(
      'insert into security_events (id, at, event, subject, address, request_id) values ($1, $2, $3, $4, $5, $6)',
      [newId(at), at, event, hash ?? null, origin.address ?? null, origin.requestId],
    );
  }
}
