import { Column, Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn } from '../database/columns.js';

/** The client's own data key, wrapped by the key of the installation: without it their texts cannot be read. */
@Entity('client_keys')
export class ClientKey {
  @PrimaryColumn('uuid')
  practiceId: string;

  @PrimaryColumn('uuid')
  clientId: string;

  @Column('uuid')
  coachId: string;

  @Column('bytea')
  wrapped: Buffer;

  @InstantColumn()
  createdAt: Date;
}
