import { Column, Entity, PrimaryColumn, VersionColumn } from 'typeorm';
import { SealedColumn } from '../database/columns.js';

/** Where a session is: for the coach and the client, not for an admin. */
@Entity('session_details')
export class SessionDetails {
  @PrimaryColumn('uuid')
  practiceId: string;

  @PrimaryColumn('uuid')
  sessionId: string;

  @Column('uuid')
  clientId: string;

  @Column('uuid')
  coachId: string;

  @SealedColumn({ nullable: true })
  location: Buffer | null;

  @VersionColumn()
  version: number;
}
