import { readdirSync, readFileSync } from 'node:fs';
import { startVitest } from 'vitest/node';

const ROOT = new URL('../../', import.meta.url);
const FOLDERS = ['packages', 'examples', 'scripts'];
const HAS_A_BUDGET =
  /import \{[^}]*\b(SEEDS|times|IS_EXHAUSTIVE|isSampled)\b[^}]*\} from '@objectstack\/testing'|\bsampledCases\b/;

/** Test files with a configurable budget; all others do the same in `pnpm test`. */
function filesWithBudgets(): string[] {
  return FOLDERS.flatMap((folder) =>
    readdirSync(new URL(folder, ROOT), { recursive: true, encoding: 'utf8' })
      .map((file) => `${folder}/${file.replaceAll('\\', '/')}`)
      .filter((file) => file.endsWith('.test.ts') && !file.includes('/node_modules/'))
      .filter((file) => HAS_A_BUDGET.test(readFileSync(new URL(file, ROOT), 'utf8'))),
  );
}

process.env.OBJECTSTACK_RUNS ??= '1';
const vitest = await startVitest('test', filesWithBudgets(), {
  config: 'vitest.workspace.ts',
  watch: false,
});
await vitest.close();
