import { Column, Entity, PrimaryColumn, VersionColumn } from 'typeorm';

/** The vocabularies that a practice may put in its own words. */
export const ADAPTABLE = ['stress_signals', 'conditions'] as const;
export type Adaptable = (typeof ADAPTABLE)[number];

/** A code of a vocabulary in the practice's own words: a shipped one by another name, or one of its own. */
@Entity('practice_words')
export class PracticeWord {
  @PrimaryColumn('uuid')
  practiceId: string;

  @PrimaryColumn('text')
  vocabulary: Adaptable;

  @PrimaryColumn('text')
  code: string;

  @Column('text')
  nameNl: string;

  @Column('text')
  nameEn: string;

  /** What is no longer offered keeps its name, for where it was chosen before. */
  @Column('boolean')
  isOffered: boolean;

  @VersionColumn()
  version: number;
}
