import { Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn } from '../../database/columns.js';

/** A challenge that was answered, remembered until it has expired: an answer cannot be sent twice. */
@Entity('spent_challenges')
export class SpentChallenge {
  @PrimaryColumn('uuid')
  practiceId: string;

  /** SHA-256 of the challenge. */
  @PrimaryColumn('bytea')
  hash: Buffer;

  @InstantColumn()
  expiresAt: Date;
}
