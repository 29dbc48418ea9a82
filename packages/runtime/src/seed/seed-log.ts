import type { SeedDataset } from '@objectstack/spec/data';
import type { DeployBundle, SeedResult } from '@objectstack/spec/system';

/** Progress of each seed set known to a call. Contains only committed writes, also if the call is interrupted. */
export class SeedLog {
  readonly #results = new Map<SeedDataset, SeedResult>();

  set(dataset: SeedDataset, result: SeedResult): void {
    this.#results.set(dataset, result);
  }

  inOrder({ seedData }: DeployBundle): SeedResult[] {
    return seedData.flatMap((dataset) => this.#results.get(dataset) ?? []);
  }
}
