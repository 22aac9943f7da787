import { Column, Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn } from '../../database/columns.js';

/** What an article says, in both languages, in Markdown; fixed from its publication on. */
@Entity('article_versions')
export class ArticleVersion {
  @PrimaryColumn('uuid')
  practiceId: string;

  @PrimaryColumn('uuid')
  articleId: string;

  @PrimaryColumn('integer')
  version: number;

  @Column('text')
  titleNl: string;

  @Column('text')
  titleEn: string;

  @Column('text')
  summaryNl: string;

  @Column('text')
  summaryEn: string;

  @Column('text')
  bodyNl: string;

  @Column('text')
  bodyEn: string;

  @Column('text', { array: true })
  questionsNl: string[];

  @Column('text', { array: true })
  questionsEn: string[];

  @Column('text', { array: true })
  answersNl: string[];

  @Column('text', { array: true })
  answersEn: string[];

  /** Its words as a search sees them: folded, each once, each behind a space. */
  @Column('text')
  wordsNl: string;

  @Column('text')
  wordsEn: string;

  /** Nobody wrote what a practice starts with. */
  @Column('uuid', { nullable: true })
  writtenBy: string | null;

  @InstantColumn()
  writtenAt: Date;

  @InstantColumn({ nullable: true })
  publishedAt: Date | null;
}
