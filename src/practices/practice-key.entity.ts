import { Column, Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn } from '../database/columns.js';

/** The practice's own data key, wrapped by the key of the installation: for what is told before there is a client. */
@Entity('practice_keys')
export class PracticeKey {
  @PrimaryColumn('uuid')
  practiceId: string;

  @Column('bytea')
  wrapped: Buffer;

  @InstantColumn()
  createdAt: Date;
}
