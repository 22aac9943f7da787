import { Column, Entity, PrimaryColumn, VersionColumn } from 'typeorm';
import { InstantColumn } from '../../database/columns.js';

/** When a client wants to be reminded; nobody else sees or sets it, and off until they switch it on. */
@Entity('reminder_settings')
export class ReminderSettings {
  @PrimaryColumn('uuid')
  practiceId: string;

  @PrimaryColumn('uuid')
  clientId: string;

  /** The file's coach now. */
  @Column('uuid')
  coachId: string;

  @Column('boolean')
  isOn: boolean;

  /** 1 (Monday) to 7 (Sunday), each once. */
  @Column('smallint', { array: true })
  weekdays: number[];

  /** For each of those, the minute of the day. */
  @Column('smallint', { array: true })
  minutes: number[];

  /** No mail leaves from this minute of the day until that one, which may lie on the next day. */
  @Column('smallint')
  quietFrom: number;

  @Column('smallint')
  quietUntil: number;

  /** How many in seven days, at most. */
  @Column('smallint')
  mostPerWeek: number;

  @InstantColumn()
  changedAt: Date;

  @VersionColumn()
  version: number;
}
