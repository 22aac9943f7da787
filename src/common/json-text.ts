import { type Page, type Position, toCursor } from './page.js';

/**
 * A part of an answer that is JSON already, because Postgres wrote it: a list goes from the database to its reader
 * without being taken apart and put together again on the way. `Shape` is what the reader will find in it.
 */
export class JsonText<Shape> {
  /** Only for the compiler, which otherwise takes every text for every other. */
  declare protected readonly shape: Shape;

  constructor(readonly text: string) {}

  /** Takes it apart after all. */
  read(): Shape {
    return JSON.parse(this.text) as Shape;
  }

  /** The same object with more fields; those that are undefined are left out. */
  with(fields: Partial<Shape>): JsonText<Shape> {
    const more = JSON.stringify(fields).slice(1);
    if (more === '}') return this;
    return new JsonText(`${this.text.slice(0, -1)}${this.text === '{}' ? '' : ','}${more}`);
  }

  /** The same object with other values for fields that it has; for these it is taken apart after all. */
  replacing(fields: Partial<Shape>): JsonText<Shape> {
    return new JsonText(JSON.stringify({ ...this.read(), ...fields }));
  }
}

/**
 * A page out of `limit + 1` objects: the one too many only tells that there is a next page.
 * @param place the sort values of an object, for the cursor
 */
export function jsonPageOf<Item>(
  items: readonly JsonText<Item>[],
  limit: number,
  place: (item: Item) => Position,
): JsonText<Page<Item>> {
  const shown = items.slice(0, limit);
  const last = shown.at(-1);
  const page = new JsonText<Page<Item>>(`{"items":[${shown.map(({ text }) => text).join(',')}]}`);
  return items.length > limit && last ? page.with({ next: toCursor(place(last.read())) }) : page;
}

/** For Fastify: what is JSON already leaves as it is. */
export const writeJson = (body: unknown): string =>
  body instanceof JsonText ? body.text : JSON.stringify(body);
