/** A program cannot start, or do what it was asked, for a reason that a person can mend: its message is that sentence. */
export class CannotStart extends Error {
  override readonly name: string = 'CannotStart';
}
