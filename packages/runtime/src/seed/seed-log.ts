import type { SeedDataset } from '@objectstack/spec/data';
import type { DeployBundle, SeedResult } from '@objectstack/spec/system';

/** What a call knows to be written of each seed set; it holds what is durable, also when the call stops halfway. */
export class SeedLog {
  readonly #results = new Map<SeedDataset, SeedResult>();

  set(dataset: SeedDataset, result: SeedResult): void {
    this.#results.set(dataset, result);
  }

  inOrder({ seedData }: DeployBundle): SeedResult[] {
    return seedData.flatMap((dataset) => this.#results.get(dataset) ?? []);
  }
}
