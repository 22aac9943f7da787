import { IsNull } from 'typeorm';
import { Client } from '../clients/client.entity.js';
import type { Tx } from '../database/tx.js';
import { User } from '../users/user.entity.js';
import { unknownClient, unknownCoach } from './export.errors.js';

/**
 * Whose records are asked for must be of this practice.
 * @returns the client, where one is named
 * @throws Problem 422
 */
export async function expectOfPractice(
  tx: Tx,
  { clientId, coachId }: { readonly clientId?: string; readonly coachId?: string },
): Promise<Client | null> {
  const { practiceId } = tx;
  const client = clientId
    ? await tx.manager.findOneBy(Client, { practiceId, id: clientId, erasedAt: IsNull() })
    : null;
  if (clientId && !client) throw unknownClient();
  if (!coachId) return client;
  const coach = await tx.manager.findOneBy(User, { practiceId, id: coachId });
  if (!coach?.roles.includes('coach')) throw unknownCoach();
  return client;
}
