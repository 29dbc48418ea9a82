/** The functions of a test runner that a suite uses. `node:test`, Vitest, Jest, Mocha and Bun provide them. */
export interface TestRunner {
  readonly describe: (name: string, body: () => void) => unknown;
  readonly it: TestFunction & { readonly skip: TestFunction };
}

type TestFunction = (name: string, body: () => Promise<void>) => unknown;
