import { Column, Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn } from '../database/columns.js';

/** What a client of this practice consents to, by version. */
@Entity('consent_texts')
export class ConsentText {
  @PrimaryColumn('uuid')
  practiceId: string;

  @PrimaryColumn('integer')
  version: number;

  @Column('text')
  textNl: string;

  @Column('text')
  textEn: string;

  @InstantColumn()
  publishedAt: Date;
}
