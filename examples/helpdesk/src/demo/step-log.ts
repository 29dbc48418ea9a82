/** Prints one line about a step. */
export type Say = (line: string) => void;

export interface StepTime {
  readonly name: string;
  readonly ms: number;
}

/** Runs steps one after the other, prints their results and measures their duration. */
export class StepLog {
  readonly times: StepTime[] = [];

  async step<T>(name: string, work: (say: Say) => Promise<T>): Promise<T> {
    const number = String(this.times.length + 1).padStart(2);
    console.log(`${number}. ${name}`);
    const startedAt = performance.now();
    const result = await work((line) => console.log(`    ${line}`));
    this.times.push({ name, ms: performance.now() - startedAt });
    return result;
  }
}
