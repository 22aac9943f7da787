import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/audit.js';
import type { Origin, SystemTask } from '../../common/actor.js';
import { notFound } from '../../common/problems.js';
import { Tenant } from '../../database/tenant.js';
import type { Tx } from '../../database/tx.js';
import { parseSecretCode, type SecretCode } from '../../users/secret-code.js';
import { ReminderDay } from './reminder-day.entity.js';
import { isOnFor } from './reminder.queries.js';
import { ReminderSettings } from './reminder-settings.entity.js';
import type { UnsubscriptionView } from './reminder.dto.js';

/** Being left in peace, with no more than the code of a reminder. */
@Injectable()
export class UnsubscriptionsService {
  constructor(
    private readonly tenant: Tenant,
    private readonly audit: Audit,
  ) {}

  /** @throws Problem 404 */
  async read(text: string, origin: Origin): Promise<UnsubscriptionView> {
    const code = codeOf(text);
    const isOn = await this.tenant.read(taskOf(code, origin), (tx) => isOnFor(tx, code.hash));
    if (isOn === undefined) throw notFound();
    return { on: isOn };
  }

  /** @throws Problem 404 */
  end(text: string, origin: Origin): Promise<UnsubscriptionView> {
    const code = codeOf(text);
    return this.tenant.change(taskOf(code, origin), async (tx) => {
      const settings = await this.hold(tx, code);
      if (!settings.isOn) return { on: false };
      settings.isOn = false;
      await tx.manager.save(settings);
      const { clientId } = settings;
      this.audit.record(tx, {
        event: 'reminders.ended',
        clientId,
        objectType: 'reminders',
        objectId: clientId,
      });
      return { on: false };
    });
  }

  private async hold(tx: Tx, { hash }: SecretCode): Promise<ReminderSettings> {
    const { practiceId } = tx;
    const day = await tx.manager.findOneBy(ReminderDay, { practiceId, unsubscribeHash: hash });
    if (!day) throw notFound();
    return tx.manager.findOneOrFail(ReminderSettings, {
      where: { practiceId, clientId: day.clientId },
      lock: { mode: 'for_no_key_update' },
    });
  }
}

function codeOf(text: string): SecretCode {
  const code = parseSecretCode(text);
  if (!code) throw notFound();
  return code;
}

const taskOf = ({ practiceId }: SecretCode, origin: Origin): SystemTask => ({
  practiceId,
  task: 'reminders',
  origin,
});
