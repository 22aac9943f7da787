import type { Tx } from '../database/tx.js';
import { BEGINNING, INSTALLATION, type Seal } from './chain.js';

/** All that a row says, as one canonical text: JSON without spaces, times as milliseconds, in this order. */
const AUDIT_TEXT = `jsonb_build_array(xid::text, practice_id, id, (extract(epoch from at) * 1000)::bigint, event, outcome,
  user_id, roles, task, on_behalf_of, client_id, object_type, object_id, ground, row_count, address, request_id,
  client_ids)::text`;
const SECURITY_TEXT = `jsonb_build_array(xid::text, id, (extract(epoch from at) * 1000)::bigint, event,
  encode(subject, 'hex'), address, request_id)::text`;

const leaf = (text: string): string =>
  `uuid_send(id) || substring(sha256(convert_to(${text}, 'UTF8')) from 1 for 16)`;

/** The rows that belong to the chain of a transaction's practice. */
const logOf = (tx: Tx) =>
  tx.practiceId === INSTALLATION
    ? { table: 'security_events', mine: '$1::uuid is not null', leaf: leaf(SECURITY_TEXT) }
    : { table: 'audit_events', mine: 'practice_id = $1', leaf: leaf(AUDIT_TEXT) };

/**
 * Below this every transaction has ended: what it wrote is to be seen, and nobody writes there any more.
 * So a row whose transaction commits late cannot fall behind the seal.
 */
const HORIZON = 'pg_snapshot_xmin(pg_current_snapshot())';

type Place = Pick<Seal, 'lastXid' | 'lastId'>;

export interface Unsealed {
  readonly rowCount: number;
  readonly leaves: Buffer;
  readonly lastXid: string;
  readonly lastId: string;
}

/** The next rows behind a place, in their order; nothing when there are none. */
export async function unsealedRows(tx: Tx, behind: Place, limit: number): Promise<Unsealed | undefined> {
  const log = logOf(tx);
  const [found] = await tx.query<Unsealed & { lastXid: string | null }>(
    `select count(*)::int as "rowCount", string_agg(leaf, ''::bytea order by xid, id) as leaves,
            (array_agg(xid::text order by xid desc, id desc))[1] as "lastXid",
            (array_agg(id order by xid desc, id desc))[1] as "lastId"
       from (select xid, id, ${log.leaf} as leaf from ${log.table}
              where ${log.mine} and (xid, id) > ($2::xid8, $3::uuid) and xid < ${HORIZON}
              order by xid, id limit $4) as rows`,
    [tx.practiceId, behind.lastXid, behind.lastId, limit],
  );
  return found!.rowCount > 0 ? found : undefined;
}

/** The first row that no seal covers although it has been there since before `at`. */
export async function longUnsealed(tx: Tx, behind: Place, at: Date): Promise<string | undefined> {
  const log = logOf(tx);
  const [found] = await tx.query<{ id: string }>(
    `select id from ${log.table}
      where ${log.mine} and (xid, id) > ($2::xid8, $3::uuid) and xid < ${HORIZON} and at < $4
      order by xid, id limit 1`,
    [tx.practiceId, behind.lastXid, behind.lastId, at],
  );
  return found?.id;
}

export interface Leaf extends Place {
  readonly leaf: Buffer;
}

/** The rows between two places, as they are now. */
export function leavesBetween(tx: Tx, behind: Place, upTo: Place): Promise<Leaf[]> {
  const log = logOf(tx);
  return tx.query(
    `select xid::text as "lastXid", id as "lastId", ${log.leaf} as leaf from ${log.table}
      where ${log.mine} and (xid, id) > ($2::xid8, $3::uuid) and (xid, id) <= ($4::xid8, $5::uuid)
      order by xid, id`,
    [tx.practiceId, behind.lastXid, behind.lastId, upTo.lastXid, upTo.lastId],
  );
}

/**
 * Gives each file that a list between two places held a row of its own, which its client finds. Reading a list does not
 * wait for that: the list is in the log with all its files before it is answered.
 */
export async function tellFiles(tx: Tx, behind: Place, upTo: Place): Promise<void> {
  await tx.query(
    `insert into audit_event_clients (practice_id, client_id, id, at, event, user_id, roles, task, on_behalf_of)
     select practice_id, listed_id, id, at, event, user_id, roles, task, on_behalf_of
       from audit_events, unnest(client_ids) as listed_id
      where practice_id = $1 and (xid, id) > ($2::xid8, $3::uuid) and (xid, id) <= ($4::xid8, $5::uuid)
        and listed_id is distinct from client_id
         on conflict do nothing`,
    [tx.practiceId, behind.lastXid, behind.lastId, upTo.lastXid, upTo.lastId],
  );
}

const SEAL = `practice_id as "practiceId", number::int, last_xid::text as "lastXid", last_id as "lastId",
  row_count as "rowCount", leaves, previous, hash, sealed_at as "sealedAt"`;

export async function lastSeal(tx: Tx): Promise<Seal | typeof BEGINNING> {
  const [seal] = await tx.query<Seal>(
    `select ${SEAL} from audit_seals where practice_id = $1 order by number desc limit 1`,
    [tx.practiceId],
  );
  return seal ?? BEGINNING;
}

export function sealsAfter(tx: Tx, number: number, limit: number): Promise<Seal[]> {
  return tx.query(
    `select ${SEAL} from audit_seals where practice_id = $1 and number > $2 order by number limit $3`,
    [tx.practiceId, number, limit],
  );
}

export async function addSeal(tx: Tx, seal: Seal): Promise<void> {
  await tx.query(
    `insert into audit_seals (practice_id, number, last_xid, last_id, row_count, leaves, previous, hash, sealed_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      seal.practiceId,
      seal.number,
      seal.lastXid,
      seal.lastId,
      seal.rowCount,
      seal.leaves,
      seal.previous,
      seal.hash,
      seal.sealedAt,
    ],
  );
}

/** Whether this transaction is the only one that seals its chain now; nobody waits for it. */
export async function isAlone(tx: Tx): Promise<boolean> {
  const [{ alone }] = (await tx.query<{ alone: boolean }>(
    `select pg_try_advisory_xact_lock(hashtextextended('seals of ' || $1, 0)) as alone`,
    [tx.practiceId],
  )) as [{ alone: boolean }];
  return alone;
}

/** Whether the transactions of this database have not come as far as those that were sealed. */
export async function isBehind(tx: Tx, { lastXid }: Place): Promise<boolean> {
  const [{ behind }] = (await tx.query<{ behind: boolean }>(
    'select $1::xid8 > pg_snapshot_xmax(pg_current_snapshot()) as behind',
    [lastXid],
  )) as [{ behind: boolean }];
  return behind;
}
