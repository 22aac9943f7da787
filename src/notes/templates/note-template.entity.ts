import { Column, Entity, PrimaryColumn, VersionColumn } from 'typeorm';
import { InstantColumn } from '../../database/columns.js';
import type { TemplateKind } from './shipped-templates.js';

/** A practice's own words to begin a kind of note with, in the place of those that come with the product. */
@Entity('note_templates')
export class NoteTemplate {
  @PrimaryColumn('uuid')
  practiceId: string;

  @PrimaryColumn('text')
  kind: TemplateKind;

  @Column('text')
  textNl: string;

  @Column('text')
  textEn: string;

  @Column('uuid')
  writtenBy: string;

  @InstantColumn()
  writtenAt: Date;

  @VersionColumn()
  version: number;
}
