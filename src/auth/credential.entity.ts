import { Column, Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn } from '../database/columns.js';

/** How a user proves who they are; in a table that no person, only the tasks of signing in, may read. */
@Entity('credentials')
export class Credential {
  @PrimaryColumn('uuid')
  practiceId: string;

  @PrimaryColumn('uuid')
  userId: string;

  /** Argon2id, in PHC string form. */
  @Column('text')
  passwordHash: string;

  @InstantColumn()
  changedAt: Date;
}
