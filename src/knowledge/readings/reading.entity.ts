import { Column, Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn } from '../../database/columns.js';

/** An article that a coach gave a client to read. Whether they did is theirs to know, and kept nowhere. */
@Entity('readings')
export class Reading {
  @PrimaryColumn('uuid')
  practiceId: string;

  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid')
  clientId: string;

  /** The file's coach now. */
  @Column('uuid')
  coachId: string;

  @Column('uuid')
  articleId: string;

  @Column('uuid')
  assignedBy: string;

  @InstantColumn()
  createdAt: Date;
}
