import type { RemindersView } from './reminder.dto.js';
import type { ReminderSettings } from './reminder-settings.entity.js';
import { minuteOf, timeOf } from './reminder-times.js';

/** When no mail comes, until the client says otherwise. */
export const QUIET = { from: minuteOf('21:00'), until: minuteOf('07:00') };

const NOTHING_CHOSEN: RemindersView = {
  on: false,
  times: [],
  quietFrom: timeOf(QUIET.from),
  quietUntil: timeOf(QUIET.until),
  mostPerWeek: 7,
};

export function remindersView(settings: ReminderSettings | null): RemindersView {
  if (!settings) return NOTHING_CHOSEN;
  const { isOn, weekdays, minutes, quietFrom, quietUntil, mostPerWeek, version } = settings;
  return {
    on: isOn,
    times: weekdays.map((weekday, i) => ({ weekday, at: timeOf(minutes[i]!) })),
    quietFrom: timeOf(quietFrom),
    quietUntil: timeOf(quietUntil),
    mostPerWeek,
    version,
  };
}
