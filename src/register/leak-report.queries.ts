import type { Role, TaskName } from '../common/actor.js';
import type { Tx } from '../database/tx.js';

/** A part of the log, by ids: the first of it, and the first after it. */
export interface Stretch {
  readonly from: string;
  readonly until: string;
  readonly userId?: string;
}

/** What one person, or one task of the system, did in one file. */
export interface Touch {
  readonly clientId: string;
  readonly clientName: string | null;
  readonly userId: string | null;
  readonly name: string | null;
  readonly roles: Role[];
  readonly task: TaskName | null;
  readonly times: number;
  readonly firstAt: Date;
  readonly lastAt: Date;
  readonly events: string[];
  readonly addresses: string[];
}

/**
 * Who touched which file: what was done in that file alone, and the lists and searches that showed it. A refusal
 * touched nothing. Whoever a task worked for is the one who did it.
 */
const TOUCHES = `
  select client_id, id, at, event, coalesce(user_id, on_behalf_of) as by, roles, task, address from audit_events
   where practice_id = $1 and id >= $2 and id < $3 and client_id is not null and outcome <> 'refused'
     and ($4::uuid is null or coalesce(user_id, on_behalf_of) = $4)
  union all
  select client_id, id, at, event, coalesce(user_id, on_behalf_of), roles, task, null from audit_event_clients
   where practice_id = $1 and id >= $2 and id < $3
     and ($4::uuid is null or coalesce(user_id, on_behalf_of) = $4)`;

export async function countTouchedFiles(tx: Tx, { from, until, userId }: Stretch): Promise<number> {
  const [counted] = await tx.query<{ files: number }>(
    `select count(distinct client_id)::int as files from (${TOUCHES}) as t`,
    [tx.practiceId, from, until, userId ?? null],
  );
  return counted!.files;
}

/** The touches of `limit` files, in the order of the files' ids, and in each the latest first. */
export function touchesByFile(
  tx: Tx,
  { from, until, userId }: Stretch,
  { after, limit }: { after?: string; limit: number },
): Promise<Touch[]> {
  return tx.query(
    `with touches as (${TOUCHES}),
     shown as (select distinct client_id from touches
                where $5::uuid is null or client_id > $5 order by client_id limit $6)
     select t.client_id as "clientId", c.name as "clientName", t.by as "userId", u.name, t.task,
            array(select distinct role from unnest(string_to_array(string_agg(array_to_string(t.roles, ','), ','), ','))
                   as role where role <> '' order by role) as roles,
            count(*)::int as times, min(t.at) as "firstAt", max(t.at) as "lastAt",
            array_agg(distinct t.event) as events,
            coalesce(array_agg(distinct t.address) filter (where t.address is not null), '{}') as addresses
       from touches t
       join shown using (client_id)
       left join clients c on c.practice_id = $1 and c.id = t.client_id
       left join users u on u.practice_id = $1 and u.id = t.by
      group by t.client_id, c.name, t.by, u.name, t.task
      order by t.client_id, max(t.at) desc`,
    [tx.practiceId, from, until, userId ?? null, after ?? null, limit],
  );
}
