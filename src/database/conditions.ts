/**
 * The `where` of a list, put together from what was asked: each condition is written with `?` for its values, and one
 * whose values are not all there is left out.
 */
export class Conditions {
  readonly values: unknown[] = [];
  private readonly parts: string[] = [];

  and(condition: string, ...values: unknown[]): this {
    if (values.some((value) => value === undefined)) return this;
    let next = 0;
    this.parts.push(condition.replaceAll('?', () => this.value(values[next++])));
    return this;
  }

  /** @returns the placeholder of a value that stands elsewhere in the statement */
  value(value: unknown): string {
    this.values.push(value);
    return `$${this.values.length}`;
  }

  get sql(): string {
    return this.parts.join(' and ');
  }
}
