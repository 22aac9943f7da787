import { In } from 'typeorm';
import type { Tx } from '../database/tx.js';
import { Export } from './export.entity.js';
import type { Decision } from './export-approval.entity.js';

export interface ToldApproval {
  readonly coachId: string;
  readonly coachName: string | null;
  readonly noteCount: number;
  readonly decision: Decision | null;
  readonly decidedAt: string | null;
}

/** An export as it is told of: with the names of who asked and who approves, for an id says nothing to a coach. */
export interface Told {
  readonly id: string;
  readonly copy: Export;
  readonly requesterName: string | null;
  readonly approvals: readonly ToldApproval[];
}

type Names = Pick<Told, 'id' | 'requesterName' | 'approvals'>;

/**
 * These exports, newest first; the names travel in the same round trip.
 * @param coachId of a coach who is no admin: of what is asked of others they see nothing
 */
export async function toldExports(tx: Tx, ids: readonly string[], coachId?: string): Promise<Told[]> {
  const [copies, names] = await Promise.all([
    tx.manager.find(Export, {
      where: { practiceId: tx.practiceId, id: In([...ids]) },
      order: { id: 'desc' },
    }),
    namesOf(tx, ids, coachId),
  ]);
  return copies.map((copy) => toldOf(copy, names));
}

/** An export that was loaded already. */
export async function told(tx: Tx, copy: Export, coachId?: string): Promise<Told> {
  return toldOf(copy, await namesOf(tx, [copy.id], coachId));
}

/** A coach is no admin, and reads the names of admins by a function that tells nothing else of them. */
function namesOf(tx: Tx, ids: readonly string[], coachId?: string): Promise<Names[]> {
  return tx.query(
    `select e.id, lookup.staff_name(e.requested_by) as "requesterName",
            coalesce((select json_agg(json_build_object(
                        'coachId', a.coach_id, 'coachName', lookup.staff_name(a.coach_id), 'noteCount', a.note_count,
                        'decision', a.decision, 'decidedAt', a.decided_at) order by a.coach_id)
                        from export_approvals a
                       where a.practice_id = e.practice_id and a.export_id = e.id
                         and ($3::uuid is null or a.coach_id = $3)), '[]') as approvals
       from exports e
      where e.practice_id = $1 and e.id = any ($2::uuid[])`,
    [tx.practiceId, ids, coachId ?? null],
  );
}

function toldOf(copy: Export, names: readonly Names[]): Told {
  const { requesterName = null, approvals = [] } = names.find(({ id }) => id === copy.id) ?? {};
  return { id: copy.id, copy, requesterName, approvals };
}

interface Asked {
  readonly before?: string;
  readonly limit: number;
}

/** All of the practice, newest first. */
export function exportIds(tx: Tx, { before, limit }: Asked): Promise<{ id: string }[]> {
  return tx.query(
    `select id from exports where practice_id = $1 and ($2::uuid is null or id < $2) order by id desc limit $3`,
    [tx.practiceId, before ?? null, limit],
  );
}

/** Those that ask, or asked, for the approval of one coach, newest first. */
export function exportIdsFor(tx: Tx, coachId: string, { before, limit }: Asked): Promise<{ id: string }[]> {
  return tx.query(
    `select export_id as id from export_approvals
      where practice_id = $1 and coach_id = $2 and ($3::uuid is null or export_id < $3)
      order by export_id desc limit $4`,
    [tx.practiceId, coachId, before ?? null, limit],
  );
}
