import { JsonText } from '../common/json-text.js';
import { Conditions } from '../database/conditions.js';
import { instant, object } from '../database/json.js';
import type { Tx } from '../database/tx.js';
import { type Branch, BRANCHES } from './timeline.branches.js';
import type { TimelineEvent, TimelineItem, TimelineKind } from './timeline.dto.js';

/** Where something stands in a timeline: newest first, and at one instant by what happened and to what. */
export interface TimelinePlace {
  readonly at: Date;
  readonly event: TimelineEvent;
  readonly id: string;
}

export interface TimelineAsked {
  readonly clientId: string;
  /** Whose files are looked in; all of the practice when left out. */
  readonly coachId?: string;
  /** The user who reads: what is the coach's alone is told to the file's coach only. */
  readonly reader: string;
  readonly kind?: TimelineKind;
  /** First and last day, where the practice is. */
  readonly from?: string;
  readonly to?: string;
  readonly after?: TimelinePlace;
  readonly limit: number;
}

/** A text that is still sealed, with what opens it; all null where there is none to read. */
interface Sealed {
  readonly sealed: Buffer | null;
  readonly sealedVersion: number | null;
  readonly wrappedKey: Buffer | null;
}

/** One thing that happened. */
export interface TimelineRow extends Sealed {
  readonly id: string;
  readonly item: JsonText<TimelineItem>;
}

/**
 * A page of a timeline in one query. Each kind is read along its own index from the place on, no more than a page of
 * it, and only those pages are merged.
 * @returns nothing where the file is not to be found
 */
export async function timelinePage(tx: Tx, asked: TimelineAsked): Promise<TimelineRow[] | undefined> {
  const where = new Conditions();
  const marks = marksFor(where, tx.practiceId, asked);
  where
    .and(`f.practice_id = ${marks.practice} and f.id = ${marks.file}`)
    .and('f.coach_id = ?', asked.coachId);
  const branches = BRANCHES.filter(({ kind }) => asked.kind === undefined || kind === asked.kind);
  const rows = await tx.query<Sealed & { id: string | null; item: string }>(
    `select e.id, e.item, e.sealed, e."sealedVersion", k.wrapped as "wrappedKey"
       from clients f
       left join (
         select * from (${branches.map((branch) => select(branch, asked, marks)).join(' union all ')}) branches
          order by at desc, event collate "C" desc, id desc
          limit ${marks.limit}
       ) e on true
       left join client_keys k
         on k.practice_id = f.practice_id and k.client_id = f.id and e.sealed is not null
        and f.coach_id = ${marks.reader}
      where ${where.sql}
      order by e.at desc, e.event collate "C" desc, e.id desc`,
    where.values,
  );
  if (rows.length === 0) return undefined;
  // A file in which nothing of this kind happened comes as one row without anything.
  return rows.flatMap(({ id, item, ...row }) =>
    id === null ? [] : [{ ...row, id, item: new JsonText<TimelineItem>(item) }],
  );
}

/** The placeholders of what all kinds are asked for alike. */
interface Marks {
  readonly practice: string;
  readonly file: string;
  readonly reader: string;
  readonly limit: string;
  readonly from?: string;
  readonly until?: string;
  readonly at?: string;
  readonly id?: string;
}

function marksFor(values: Conditions, practiceId: string, asked: TimelineAsked): Marks {
  const { clientId, reader, limit, from, to, after } = asked;
  const practice = values.value(practiceId);
  const startOf = (day: string): string =>
    `(select (${day})::timestamp at time zone time_zone from practices where id = ${practice})`;
  return {
    practice,
    file: values.value(clientId),
    reader: `${values.value(reader)}::uuid`,
    limit: values.value(limit),
    ...(from && { from: startOf(`${values.value(from)}::date`) }),
    ...(to && { until: startOf(`${values.value(to)}::date + 1`) }),
    ...(after && { at: `${values.value(after.at)}::timestamptz`, id: `${values.value(after.id)}::uuid` }),
  };
}

function select(branch: Branch, { after }: TimelineAsked, marks: Marks): string {
  const { kind, event, from, file = 't.client_id', at, id, and, told, part = kind, sealed } = branch;
  const where = [
    `t.practice_id = ${marks.practice} and ${file} = ${marks.file}`,
    ...(and ? [and] : []),
    ...(marks.from ? [`${at} >= ${marks.from}`] : []),
    ...(marks.until ? [`${at} < ${marks.until}`] : []),
    ...(after ? [beyond(branch, after, marks)] : []),
  ];
  const item = object({
    at: instant(at),
    kind: `'${kind}'::text`,
    event: `'${event}'::text`,
    id,
    ...(told && { [part]: told }),
  });
  return `(select ${at} as at, '${event}' as event, ${id} as id, ${item} as item,
      ${sealed?.text ?? 'null::bytea'} as sealed, ${sealed?.version ?? 'null::integer'} as "sealedVersion"
    from ${from} where ${where.join(' and ')} order by ${at} desc, ${id} desc limit ${marks.limit})`.replaceAll(
    '$reader',
    () => marks.reader,
  );
}

/** What comes after a place, told so that the index of this kind can begin there. */
function beyond({ event, at, id }: Branch, after: TimelinePlace, marks: Marks): string {
  if (event === after.event) return `(${at}, ${id}) < (${marks.at!}, ${marks.id!})`;
  return `${at} ${event < after.event ? '<=' : '<'} ${marks.at!}`;
}
