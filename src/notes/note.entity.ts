import { Column, Entity, PrimaryColumn, VersionColumn } from 'typeorm';
import { InstantColumn } from '../database/columns.js';
import { noteInError, noteNotSigned, noteSigned, onlyTheAuthor } from './note.errors.js';

export const VISIBILITIES = ['private', 'shared'] as const;
export type Visibility = (typeof VISIBILITIES)[number];

export const NOTE_STATUSES = ['draft', 'signed', 'entered_in_error'] as const;
export type NoteStatus = (typeof NOTE_STATUSES)[number];

/** A text about a session or a client: whose it is and how it stands. What it says stands in `NoteBody`. */
@Entity('notes')
export class Note {
  @PrimaryColumn('uuid')
  practiceId: string;

  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid')
  clientId: string;

  /** The file's coach now. */
  @Column('uuid')
  coachId: string;

  /** The session it is about, where it is about one. */
  @Column('uuid', { nullable: true })
  sessionId: string | null;

  /** The coach who wrote it. */
  @Column('uuid')
  authorId: string;

  @Column('text')
  visibility: Visibility;

  @Column('text')
  status: NoteStatus;

  /** Which of its saved texts is the text now. */
  @Column('integer')
  textVersion: number;

  @InstantColumn()
  createdAt: Date;

  @InstantColumn()
  updatedAt: Date;

  @InstantColumn({ nullable: true })
  signedAt: Date | null;

  @Column('uuid', { nullable: true })
  signedBy: string | null;

  @InstantColumn({ nullable: true })
  enteredInErrorAt: Date | null;

  @Column('uuid', { nullable: true })
  enteredInErrorBy: string | null;

  /** By which import it was brought in, where it was: then its signature was put under it by who brought it, as the file told. */
  @Column('uuid', { nullable: true })
  importId: string | null;

  @VersionColumn()
  version: number;

  get isDraft(): boolean {
    return this.status === 'draft';
  }

  /** Whether the client may read it: it is shared, and somebody put their name to it. */
  get isForClient(): boolean {
    return this.visibility === 'shared' && !this.isDraft;
  }

  /**
   * A draft is its author's to rewrite or throw away.
   * @throws Problem 409 `note-signed`, 403 `only-the-author`
   */
  expectDraftOf(userId: string): void {
    if (!this.isDraft) throw noteSigned();
    if (this.authorId !== userId) throw onlyTheAuthor();
  }

  /** Its next text is the text from now on; the earlier ones are kept. */
  rewrite(userId: string, at: Date): void {
    this.expectDraftOf(userId);
    this.textVersion += 1;
    this.updatedAt = at;
  }

  /**
   * Makes it private or shared; that is not part of what is signed. What was a mistake is shown to nobody anew.
   * @throws Problem 409 `note-in-error`
   */
  show(visibility: Visibility, at: Date): void {
    if (visibility === 'shared' && this.status === 'entered_in_error') throw noteInError();
    this.visibility = visibility;
    this.updatedAt = at;
  }

  /** Whoever signs is the signer, and from here on the text stands for ever. */
  sign(userId: string, at: Date): void {
    if (!this.isDraft) throw noteSigned();
    this.status = 'signed';
    this.signedBy = userId;
    this.signedAt = at;
    this.updatedAt = at;
  }

  /** Later words are written beside what was signed. @throws Problem 409 `note-not-signed`, `note-in-error` */
  addTo(at: Date): void {
    this.expectSigned();
    this.updatedAt = at;
  }

  /** Says that it should not have been written; it stays, struck through. @throws Problem 409 `note-not-signed`, `note-in-error` */
  enterInError(userId: string, at: Date): void {
    this.expectSigned();
    this.status = 'entered_in_error';
    this.enteredInErrorBy = userId;
    this.enteredInErrorAt = at;
    this.updatedAt = at;
  }

  private expectSigned(): void {
    if (this.isDraft) throw noteNotSigned();
    if (this.status === 'entered_in_error') throw noteInError();
  }
}
