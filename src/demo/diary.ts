/** Something that somebody did at some moment of the demo's weeks. */
interface Entry {
  readonly at: Date;
  readonly act: () => Promise<void>;
}

/** What happened, lived through in order; an act may plan later ones. */
export class Diary {
  private readonly entries: Entry[] = [];

  constructor(private readonly setClock: (at: Date) => void) {}

  plan(at: Date, act: () => Promise<void>): void {
    this.entries.push({ at, act });
  }

  /** Lives through everything up to a moment; what is planned for later does not happen. */
  async liveUntil(end: Date): Promise<void> {
    for (let entry = this.takeNext(end); entry; entry = this.takeNext(end)) {
      this.setClock(entry.at);
      await entry.act();
    }
  }

  private takeNext(end: Date): Entry | undefined {
    const next = this.entries.reduce<Entry | undefined>(
      (earliest, entry) => (!earliest || entry.at < earliest.at ? entry : earliest),
      undefined,
    );
    if (!next || next.at > end) return undefined;
    this.entries.splice(this.entries.indexOf(next), 1);
    return next;
  }
}
