/** Counts the cases that a random test has covered, to show its coverage. */
export class Tally {
  readonly #counts = new Map<string, number>();

  add(...things: readonly string[]): void {
    for (const thing of things) this.#counts.set(thing, (this.#counts.get(thing) ?? 0) + 1);
  }

  count(thing: string): number {
    return this.#counts.get(thing) ?? 0;
  }

  /** Cases that were covered less often. */
  lacking(things: readonly string[], atLeast: number): string[] {
    return things
      .filter((thing) => this.count(thing) < atLeast)
      .map((thing) => `${thing}: ${this.count(thing)}`);
  }

  toString(): string {
    return [...this.#counts]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([thing, count]) => `${thing} ${count}`)
      .join(', ');
  }
}
