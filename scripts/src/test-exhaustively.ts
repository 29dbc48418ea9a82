import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const ROOT = new URL('../../', import.meta.url);
const FOLDERS = ['packages', 'examples', 'scripts'];
const HAS_A_BUDGET =
  /import \{[^}]*\b(SEEDS|times|IS_EXHAUSTIVE|isSampled|sampleOf|sampledIt)\b[^}]*\} from '@objectstack\/testing'|\bsampledCases\b/;
/** A run with a time limit takes the files in so many parts, and looks at the clock between them. */
const PARTS = 8;

/** Test files with a configurable budget; all others do the same in `pnpm test`. */
function filesWithBudgets(): string[] {
  return FOLDERS.flatMap((folder) =>
    readdirSync(new URL(folder, ROOT), { recursive: true, encoding: 'utf8' })
      .map((file) => `${folder}/${file.replaceAll('\\', '/')}`)
      .filter((file) => file.endsWith('.test.ts') && !file.includes('/node_modules/'))
      .filter((file) => HAS_A_BUDGET.test(readFileSync(new URL(file, ROOT), 'utf8'))),
  );
}

/** Whether all tests of these files passed. */
function passes(files: readonly string[], options: readonly string[], env: NodeJS.ProcessEnv = {}): boolean {
  const { status } = spawnSync(
    'npx',
    ['vitest', 'run', '--config', 'vitest.workspace.ts', ...options, ...files],
    { cwd: fileURLToPath(ROOT), stdio: 'inherit', env: { OBJECTSTACK_RUNS: '1', ...process.env, ...env } },
  );
  return status === 0;
}

/**
 * The parts, beginning with another one after most changes, so that a time limit leaves out others each time. The
 * content decides, because the number of commits is another one in a shallow clone.
 */
function partsInTurn(): number[] {
  const tree = execFileSync('git', ['rev-parse', 'HEAD^{tree}'], {
    cwd: fileURLToPath(ROOT),
    encoding: 'utf8',
  });
  const first = Number.parseInt(tree.slice(0, 4), 16);
  return Array.from({ length: PARTS }, (_, index) => ((first + index) % PARTS) + 1);
}

/** Starts no part and no test after so many minutes, and says which parts were left out. */
function testWithin(minutes: number): boolean {
  const end = Date.now() + minutes * 60_000;
  const files = filesWithBudgets();
  const leftOut: number[] = [];
  let isPassed = true;
  for (const part of partsInTurn()) {
    if (Date.now() > end) leftOut.push(part);
    else if (!passes(files, [`--shard=${part}/${PARTS}`], { OBJECTSTACK_TEST_UNTIL: String(end) }))
      isPassed = false;
  }
  if (leftOut.length > 0)
    console.log(`Not run within ${minutes} minutes: part ${leftOut.join(', ')} of ${PARTS}.`);
  return isPassed;
}

const { minutes } = parseArgs({ options: { minutes: { type: 'string' } } }).values;
const isPassed = minutes === undefined ? passes(filesWithBudgets(), []) : testWithin(Number(minutes));
if (!isPassed) process.exitCode = 1;
