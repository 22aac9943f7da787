import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { KeyScope, Role } from '../common/actor.js';
import { InstantColumn } from '../database/columns.js';

/**
 * What a script signs in with, in the name of who made it: a login without a person behind it, that opens what its
 * scopes say and nothing else. It shares its id with its login; what ends that login ends the key. Fixed for life.
 */
@Entity('script_keys')
export class ScriptKey {
  @PrimaryColumn('uuid')
  practiceId: string;

  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid')
  userId: string;

  /** What its maker calls it. */
  @Column('text')
  name: string;

  @Column('text', { array: true })
  scopes: KeyScope[];

  /** What its maker was when they made it: as something else they make another. */
  @Column('text', { array: true })
  roles: Role[];

  @Column('bytea')
  hash: Buffer;

  @InstantColumn()
  expiresAt: Date;
}
