import { Flag, Optional, Parts, TimeOfDay, WholeNumber } from '../../common/fields.js';

/** A day of the week, and when on it. */
export class ReminderTime {
  /** 1 is Monday, 7 is Sunday. */
  @WholeNumber(1, 7, { example: 1 })
  weekday: number;

  /** By the clocks of the practice. */
  @TimeOfDay({ example: '08:30' })
  at: string;
}

export class ChooseReminders {
  /** Nothing is sent unless I say so. */
  @Flag()
  on: boolean;

  /** My own days, each with its own time. */
  @Parts(() => ReminderTime, 7)
  times: ReminderTime[];

  /** From when no mail comes; 21:00 when left out. */
  @Optional()
  @TimeOfDay({ example: '21:00' })
  quietFrom?: string;

  /** Until when no mail comes; 07:00 when left out. The same as `quietFrom` leaves no quiet hours. */
  @Optional()
  @TimeOfDay({ example: '07:00' })
  quietUntil?: string;

  /** How many in seven days, at most; one for each of my days when left out. */
  @Optional()
  @WholeNumber(1, 7)
  mostPerWeek?: number;
}

/** When I am reminded: at most once a day, of all that is there together. */
export class RemindersView {
  @Flag()
  on: boolean;

  @Parts(() => ReminderTime, 7)
  times: ReminderTime[];

  @TimeOfDay()
  quietFrom: string;

  @TimeOfDay()
  quietUntil: string;

  @WholeNumber(1, 7)
  mostPerWeek: number;

  /** Absent until I chose something. */
  @Optional()
  @WholeNumber(1, 2_147_483_647)
  version?: number;
}

/** What the link in a reminder would do; looking at it does nothing. */
export class UnsubscriptionView {
  /** Whether reminders are sent now. */
  @Flag()
  on: boolean;
}
