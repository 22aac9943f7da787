/** Chance that is the same each time: the demo practice looks lived in, and equal on every machine. */
export class Chance {
  constructor(private seed: number) {}

  /** A number from 0 up to 1 (Park and Miller's generator). */
  next(): number {
    this.seed = (this.seed * 48_271) % 2_147_483_647;
    return this.seed / 2_147_483_647;
  }

  happens(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(items: readonly T[]): T {
    return items[Math.floor(this.next() * items.length)]!;
  }

  /** Some of the items, in their own order. */
  some<T>(items: readonly T[], probability: number): T[] {
    return items.filter(() => this.happens(probability));
  }
}
