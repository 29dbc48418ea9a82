/** A clock that stands still until a test moves it. */
export class ManualClock {
  #now = Date.parse('2026-01-01T00:00:00.000Z');

  now(): Date {
    return new Date(this.#now);
  }

  advance(milliseconds: number): void {
    this.#now += milliseconds;
  }
}
