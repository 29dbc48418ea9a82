import { collectFailures, type TestRunner } from '@objectstack/conformance';
import { type CodeBlock, readMarkdown } from './documents.js';
import { claimsIn, type StepOutcome } from './guide-steps.js';
import { runBlocks } from './run-blocks.js';

/** A test file of a guide, and the groups of requirements that the guide says pass. */
export interface GuideSuite {
  readonly file: string;
  readonly passes: readonly string[];
}

/** The sections of a guide that contain a test file, each with a paragraph that begins with `**Passes:**`. */
export function readSuites(path: string, text: string): GuideSuite[] {
  return text.split(/^## /m).flatMap((section) => {
    const { blocks } = readMarkdown(path, section);
    const passes = claimsIn(section);
    return blocks.flatMap(({ file }) => (file?.endsWith('.test.ts') ? { file, passes } : []));
  });
}

/**
 * Runs the selected requirements of a test file, by the index of each among all of the file. `given` are the modules that
 * the guide imports, by specifier.
 */
export async function runSuite(
  blocks: readonly CodeBlock[],
  file: string,
  { given, isRun }: { given: Parameters<typeof runBlocks>[1]; isRun: (index: number) => boolean },
): Promise<StepOutcome & { readonly all: readonly string[] }> {
  const all: string[] = [];
  const run: string[] = [];
  const failed = await collectFailures((runner: TestRunner) => {
    const register = (title: string, body: () => Promise<void>) => {
      const [id = ''] = title.split(':');
      all.push(id);
      if (!isRun(all.length - 1)) return;
      run.push(id);
      runner.it(title, body);
    };
    const it = Object.assign(register, { skip: () => undefined });
    runBlocks(blocks, { ...given, 'node:test': { describe: runner.describe, it } })(file);
  });
  return { all, passed: run.filter((id) => !failed.includes(id)), failed };
}
