/** What a suite needs of a test runner: `node:test`, Vitest, Jest, Mocha and Bun have it. */
export interface TestRunner {
  readonly describe: (name: string, body: () => void) => unknown;
  readonly it: TestFunction & { readonly skip: TestFunction };
}

type TestFunction = (name: string, body: () => Promise<void>) => unknown;
