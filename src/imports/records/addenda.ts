import { LONGEST_NOTE, MOST_ADDENDA } from '../../notes/note.dto.js';
import { instant, type Reader, text, uuid } from '../reading/cells.js';

/** Words that came after a signature, as an export tells them. */
export interface AddendumSaid {
  readonly body: string;
  readonly signedBy: string;
  readonly signedAt: Date;
}

const words = text(LONGEST_NOTE);

/** A list in JSON; in CSV they stand together in one cell, and cannot be told apart any more. */
export const addenda: Reader<AddendumSaid[]> = (cell, timeZone) => {
  if (!Array.isArray(cell) || cell.length > MOST_ADDENDA) return undefined;
  const all = cell.map((one: unknown) => addendum(one, timeZone));
  return all.every((one) => one !== undefined) ? all : undefined;
};

function addendum(cell: unknown, timeZone: string): AddendumSaid | undefined {
  if (typeof cell !== 'object' || cell === null) return undefined;
  const said = cell as Readonly<Record<string, unknown>>;
  const body = words(said['body'], timeZone);
  const signedBy = uuid(said['signedBy'], timeZone);
  const signedAt = instant(said['signedAt'], timeZone);
  return body && signedBy && signedAt ? { body, signedBy, signedAt } : undefined;
}
