import type { MigrationPlan } from '@objectstack/spec/system';
import type { ChangeCase } from './change-case.js';
import { fill } from './fill.js';
import { reordered } from './objects.js';
import type { SchemaDiffTrial } from './schema-diff-trial.js';

type Content = Awaited<ReturnType<SchemaDiffTrial['content']>>;

/** The result of a stage, or the error that it failed with. */
type Stage<T> = () => T;

/** A change of a database with records, from the deployment of its previous definitions to its rollback. */
export interface ChangeCourse {
  readonly before: Stage<Content>;
  readonly plan: Stage<MigrationPlan>;
  readonly after: Stage<Content>;
  /** Plan for the same definitions after the change. */
  readonly again: Stage<MigrationPlan>;
  readonly restored: Stage<Content>;
}

/** A failed stage fails only the checks that read it or a later stage. */
async function stage<T>(work: () => Promise<T>): Promise<Stage<T>> {
  try {
    const result = await work();
    return () => result;
  } catch (error) {
    return () => {
      throw error;
    };
  }
}

async function run(trial: SchemaDiffTrial, change: ChangeCase): Promise<ChangeCourse> {
  const before = await stage(async () => {
    if (change.before.length > 0) await trial.deploy(change.before);
    await fill(trial, change.before);
    return trial.content();
  });
  const plan = await stage(async () => {
    before();
    return trial.plan(change.after);
  });
  const after = await stage(async () => {
    await trial.force(plan());
    return trial.content();
  });
  const again = await stage(async () => {
    after();
    return trial.plan(reordered(change.after));
  });
  const restored = await stage(async () => {
    after();
    await trial.rollback();
    return trial.content();
  });
  return { before, plan, after, again, restored };
}

/** Runs the change at the first call in a suite: all checks of a change are about the same database. */
export function courseOf(trial: SchemaDiffTrial, change: ChangeCase): Promise<ChangeCourse> {
  return trial.once(change.what, () => run(trial, change));
}
