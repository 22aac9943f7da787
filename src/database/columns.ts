import { Column } from 'typeorm';

/** An instant; the database keeps milliseconds, as a JavaScript date does, so that one reads back as it was written. */
export const InstantColumn = (options: { nullable?: boolean } = {}): PropertyDecorator =>
  Column({ type: 'timestamp with time zone', precision: 3, ...options });

/** A calendar day, `YYYY-MM-DD`. */
export const DayColumn = (options: { nullable?: boolean } = {}): PropertyDecorator =>
  Column({ type: 'date', ...options });

/** Free text about a person, sealed with that client's key. */
export const SealedColumn = (options: { nullable?: boolean } = {}): PropertyDecorator =>
  Column({ type: 'bytea', ...options });
