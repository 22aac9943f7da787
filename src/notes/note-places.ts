import type { Place } from '../common/cipher/file-cipher.js';

/** Where each text of a note is sealed for. What is written once has version 1. */

export const bodyPlace = (noteId: string, textVersion: number): Place => ({
  column: 'note_bodies.body',
  row: noteId,
  version: textVersion,
});

export const signaturePlace = (noteId: string, textVersion: number): Place => ({
  column: 'note_bodies.signature',
  row: noteId,
  version: textVersion,
});

export const addendumPlace = (id: string): Place => ({ column: 'note_addenda.body', row: id, version: 1 });

export const addendumSignaturePlace = (id: string): Place => ({
  column: 'note_addenda.signature',
  row: id,
  version: 1,
});

export const errorReasonPlace = (noteId: string): Place => ({
  column: 'note_errors.reason',
  row: noteId,
  version: 1,
});
