import type { Tx } from '../database/tx.js';

/**
 * A condition on whether a client asked that their data be left alone: restriction of processing, or an objection that is not
 * settled (AVG art. 18 and 21). From the day that it is asked, every job that would touch a file by itself asks this first.
 * @param practiceId SQL of the practice
 * @param clientId SQL of the client
 */
export const dataHeld = (practiceId: string, clientId: string): string =>
  `exists (select from data_requests held
            where held.practice_id = ${practiceId} and held.client_id = ${clientId}
              and held.kind in ('restriction', 'objection')
              and held.status in ('received', 'confirmed', 'approved', 'running'))`;

/** Whether a client asked that, and it is not settled. */
export async function isDataHeld(tx: Tx, clientId: string): Promise<boolean> {
  const [row] = await tx.query<{ held: boolean }>(`select ${dataHeld('$1', '$2')} as held`, [
    tx.practiceId,
    clientId,
  ]);
  return row!.held;
}
