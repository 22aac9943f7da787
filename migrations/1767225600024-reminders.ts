import type { MigrationInterface, QueryRunner } from 'typeorm';
import { openToClient, rowsOfAFile } from './support/policies.js';

const QUEUE = 'send-reminders';
const ALARM = 'mail-tension-alarm';
const TASK = "practice_id = actor.practice_id() and actor.task() = 'reminders'";
const HOUSEKEEPING = "practice_id = actor.practice_id() and actor.task() = 'housekeeping'";

/** What the task reads to know whether there is anything to remind of, and whether its reader came back. */
const READ = ['users', 'clients', 'logins', 'assignments', 'sessions', 'logs'];

/** Reminders as their client wants them, and the days on which one was sent; and where a practice says help is. */
export class Reminders1767225600024 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table reminder_settings (
        practice_id uuid not null,
        client_id uuid not null,
        coach_id uuid not null,
        is_on boolean not null,
        weekdays smallint[] not null,
        minutes smallint[] not null,
        quiet_from smallint not null,
        quiet_until smallint not null,
        most_per_week smallint not null,
        changed_at timestamptz(3) not null,
        version integer not null,
        constraint reminder_settings_pkey primary key (practice_id, client_id),
        constraint reminder_settings_weekdays_known check (weekdays <@ array[1, 2, 3, 4, 5, 6, 7]::smallint[]),
        constraint reminder_settings_minutes_range check (0 <= all (minutes) and 1440 > all (minutes)),
        constraint reminder_settings_a_time_a_day
          check (cardinality(weekdays) = cardinality(minutes) and cardinality(weekdays) <= 7),
        constraint reminder_settings_on_at_some_time check (not is_on or cardinality(weekdays) > 0),
        constraint reminder_settings_quiet_range
          check (quiet_from between 0 and 1439 and quiet_until between 0 and 1439),
        constraint reminder_settings_most_range check (most_per_week between 1 and 7)
      );
      create index reminder_settings_on on reminder_settings (practice_id, client_id) where is_on;
      ${rowsOfAFile('reminder_settings')}
      ${openToClient('reminder_settings')}
      create policy reminders_sees on reminder_settings for select to ademruimte_app using (${TASK});
      create policy reminders_ends on reminder_settings for update to ademruimte_app
        using (${TASK}) with check (${TASK} and not is_on);
      grant select, insert on reminder_settings to ademruimte_app;
      grant update (is_on, weekdays, minutes, quiet_from, quiet_until, most_per_week, changed_at, version)
        on reminder_settings to ademruimte_app;

      -- A day is claimed here before its mail is sent: whoever comes second finds it taken.
      create table reminder_days (
        practice_id uuid not null,
        client_id uuid not null,
        on_day date not null,
        coach_id uuid not null,
        unsubscribe_hash bytea not null,
        claimed_at timestamptz(3) not null,
        sent_at timestamptz(3),
        constraint reminder_days_pkey primary key (practice_id, client_id, on_day),
        constraint reminder_days_hash_length check (octet_length(unsubscribe_hash) = 32),
        constraint reminder_days_order check (sent_at >= claimed_at)
      );
      create unique index reminder_days_unsubscribe on reminder_days (practice_id, unsubscribe_hash);
      create index reminder_days_age on reminder_days (practice_id, on_day);
      ${rowsOfAFile('reminder_days')}
      create policy reminders_sees on reminder_days for select to ademruimte_app using (${TASK});
      create policy reminders_claims on reminder_days for insert to ademruimte_app with check (${TASK});
      create policy reminders_tells on reminder_days for update to ademruimte_app using (${TASK});
      create policy housekeeping_sees on reminder_days for select to ademruimte_app using (${HOUSEKEEPING});
      create policy housekeeping_drops on reminder_days for delete to ademruimte_app using (${HOUSEKEEPING});
      grant select, insert, delete on reminder_days to ademruimte_app;
      grant update (sent_at) on reminder_days to ademruimte_app;

      ${READ.map((table) => `create policy reminders_sees on ${table} for select to ademruimte_app using (${TASK});`).join('\n')}

      select jobs.create_queue('${QUEUE}', '{"policy": "stately", "retryLimit": 0}');

      -- Where to find help; what the house says where a practice has no words of its own.
      alter table practices
        add column help_nl text,
        add column help_en text,
        add column tension_alarm boolean not null default false;
      grant update (help_nl, help_en, tension_alarm) on practices to ademruimte_app;
      select jobs.create_queue('${ALARM}',
        '{"policy": "standard", "retryLimit": 5, "retryDelay": 30, "retryBackoff": true}');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      delete from jobs.job where name in ('${QUEUE}', '${ALARM}');
      select jobs.delete_queue('${ALARM}');
      alter table practices drop column help_nl, drop column help_en, drop column tension_alarm;
      select jobs.delete_queue('${QUEUE}');
      ${READ.map((table) => `drop policy reminders_sees on ${table};`).join('\n')}
      drop table reminder_days, reminder_settings;
    `);
  }
}
