import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/tx.js';
import { Jobs } from '../jobs/jobs.js';
import type { Login } from '../users/login.entity.js';

/** A browser that was updated is still the same device: its version does not count. */
const KIND_OF_DEVICE = (text: string): string =>
  `regexp_replace(coalesce(${text}, ''), '[0-9]+([._][0-9]+)*', '', 'g')`;

/** Tells somebody of a login that begins on a device, or from an address, where they never signed in before. */
@Injectable()
export class NewDevices {
  constructor(private readonly jobs: Jobs) {}

  /** For a login that was just inserted; the very first of a user is no news to them. */
  async tell(tx: Tx, { id, userId, device, address }: Login): Promise<void> {
    const { practiceId } = tx;
    const [before] = await tx.query<{ logins: number; known: boolean | null }>(
      `select count(*)::int as logins,
              bool_or(${KIND_OF_DEVICE('device')} = ${KIND_OF_DEVICE('$4::text')})
                and bool_or(address is not distinct from $5) as known
         from logins where practice_id = $1 and user_id = $2 and id <> $3`,
      [practiceId, userId, id, device, address],
    );
    if (!before || before.logins === 0 || before.known) return;
    await this.jobs.enqueue(tx, 'mail-new-device', { practiceId, loginId: id });
  }
}
