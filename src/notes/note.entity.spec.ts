import { Note } from './note.entity.js';

const AUTHOR = '0196f3a0-0000-7000-8000-000000000001';
const SOMEBODY_ELSE = '0196f3a0-0000-7000-8000-000000000002';
const NOON = new Date('2026-03-02T12:00:00Z');
const LATER = new Date('2026-03-02T12:05:00Z');

const draft = (more: Partial<Note> = {}): Note =>
  Object.assign(
    new Note(),
    {
      authorId: AUTHOR,
      visibility: 'private',
      status: 'draft',
      textVersion: 1,
      signedAt: null,
      signedBy: null,
    },
    more,
  );

const signed = (more: Partial<Note> = {}): Note => {
  const note = draft(more);
  note.sign(AUTHOR, NOON);
  return note;
};

describe('a note', () => {
  it('gets its next text from its author', () => {
    const note = draft();
    note.rewrite(AUTHOR, NOON);
    expect(note).toMatchObject({ textVersion: 2, updatedAt: NOON });
  });

  it('gets none from anybody else', () => {
    const note = draft();
    expect(() => note.rewrite(SOMEBODY_ELSE, NOON)).toThrow('only-the-author');
    expect(note.textVersion).toBe(1);
  });

  it('is signed by who signs, not by who wrote it', () => {
    const note = draft();
    note.sign(SOMEBODY_ELSE, NOON);
    expect(note).toMatchObject({
      status: 'signed',
      authorId: AUTHOR,
      signedBy: SOMEBODY_ELSE,
      signedAt: NOON,
    });
  });

  it('is signed once', () => {
    const note = signed();
    expect(() => note.sign(SOMEBODY_ELSE, LATER)).toThrow('note-signed');
    expect(note).toMatchObject({ signedBy: AUTHOR, signedAt: NOON });
  });

  it('keeps its text once it is signed', () => {
    const note = signed();
    expect(() => note.rewrite(AUTHOR, LATER)).toThrow('note-signed');
    expect(note.textVersion).toBe(1);
  });

  it('can be shared and made private after its signature, which stays as it was', () => {
    const note = signed();
    note.show('shared', LATER);
    expect(note).toMatchObject({ visibility: 'shared', signedAt: NOON, signedBy: AUTHOR });
    note.show('private', LATER);
    expect(note.isForClient).toBe(false);
  });

  it.each([
    ['a private draft', draft(), false],
    ['a shared draft', draft({ visibility: 'shared' }), false],
    ['a signed private note', signed(), false],
    ['a signed shared note', signed({ visibility: 'shared' }), true],
  ])('as %s says whether the client may read it', (_, note, isForClient) => {
    expect(note.isForClient).toBe(isForClient);
  });
});
