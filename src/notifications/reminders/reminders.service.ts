import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/audit.js';
import { ClientFiles, ownFile } from '../../clients/client-files.js';
import type { Person } from '../../common/actor.js';
import { Clock } from '../../common/clock.js';
import { stale } from '../../common/problems.js';
import { expectVersion } from '../../common/version.js';
import { Tenant } from '../../database/tenant.js';
import type { ChooseReminders } from './reminder.dto.js';
import { inQuietHours, noTimeChosen, oneTimeADay } from './reminder.errors.js';
import { isQuiet, minuteOf } from './reminder-times.js';
import { ReminderSettings } from './reminder-settings.entity.js';
import { QUIET } from './reminder.view.js';

type Chosen = Pick<
  ReminderSettings,
  'isOn' | 'weekdays' | 'minutes' | 'quietFrom' | 'quietUntil' | 'mostPerWeek'
>;

/** A client's own choice of when to be reminded. */
@Injectable()
export class RemindersService {
  constructor(
    private readonly tenant: Tenant,
    private readonly files: ClientFiles,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  read(person: Person): Promise<ReminderSettings | null> {
    const own = ownFile(person);
    return this.tenant.read(person, (tx) => tx.manager.findOneBy(ReminderSettings, own));
  }

  /**
   * Chooses anew, whole. To choose is to be here: it counts as an answer to what was sent before.
   * @throws Problem 409 `file-closed`, 412 `stale`, 422
   */
  choose(person: Person, input: ChooseReminders, version?: number): Promise<ReminderSettings> {
    const chosen = chosenOf(input);
    const own = ownFile(person);
    return this.tenant.change(person, async (tx) => {
      // The file is held until the end: of two that come at once, the second finds what the first chose.
      const client = await this.files.own(tx, person, 'for update');
      client.expectOpen();
      const stands = await tx.manager.findOneBy(ReminderSettings, own);
      if (stands) expectVersion(stands, version);
      else if (version !== undefined) throw stale();
      const changedAt = this.clock.now();
      const { id: clientId, coachId } = client;
      const settings = stands
        ? await tx.manager.save(Object.assign(stands, chosen, { changedAt }))
        : tx.manager.create(ReminderSettings, { ...own, coachId, ...chosen, changedAt, version: 1 });
      if (!stands) await tx.manager.insert(ReminderSettings, settings);
      this.audit.record(tx, {
        event: 'reminders.changed',
        clientId,
        objectType: 'reminders',
        objectId: clientId,
        ground: chosen.isOn ? 'on' : 'off',
      });
      return settings;
    });
  }
}

/** @throws Problem 422 `invalid-input` */
function chosenOf({ on, times, quietFrom, quietUntil, mostPerWeek }: ChooseReminders): Chosen {
  const quiet = {
    quietFrom: quietFrom === undefined ? QUIET.from : minuteOf(quietFrom),
    quietUntil: quietUntil === undefined ? QUIET.until : minuteOf(quietUntil),
  };
  if (on && times.length === 0) throw noTimeChosen();
  times.forEach(({ weekday, at }, i) => {
    if (times.findIndex((other) => other.weekday === weekday) < i) throw oneTimeADay(i);
    if (isQuiet(quiet, minuteOf(at))) throw inQuietHours(i);
  });
  const inOrder = times.toSorted((one, other) => one.weekday - other.weekday);
  return {
    isOn: on,
    weekdays: inOrder.map(({ weekday }) => weekday),
    minutes: inOrder.map(({ at }) => minuteOf(at)),
    ...quiet,
    mostPerWeek: mostPerWeek ?? Math.max(times.length, 1),
  };
}
