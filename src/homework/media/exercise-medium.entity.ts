import { Column, Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn } from '../../database/columns.js';

/** How it is played: heard only, or seen too. */
export const MEDIA_KINDS = ['audio', 'film'] as const;
export type MediaKind = (typeof MEDIA_KINDS)[number];

/** A recording that the practice uploaded for its exercises. What it holds lies in a file of this id, and never changes. */
@Entity('exercise_media')
export class ExerciseMedium {
  @PrimaryColumn('uuid')
  practiceId: string;

  @PrimaryColumn('uuid')
  id: string;

  /** What the bytes themselves say they are. */
  @Column('text')
  contentType: string;

  @Column('integer')
  bytes: number;

  @Column('uuid')
  uploadedBy: string;

  @InstantColumn()
  uploadedAt: Date;
}

/** Something to look at plays as film; in a film one may also just listen. */
export const canBe = (kind: MediaKind, { contentType }: Pick<ExerciseMedium, 'contentType'>): boolean =>
  kind === 'audio' || contentType.startsWith('video/');
