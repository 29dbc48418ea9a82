import { type JsonPath, LIMITS } from '@objectstack/spec/shared';
import type { IssueLog } from '../issue-log.js';
import type { RuleContext } from '../rule-context.js';

interface Count {
  readonly path: JsonPath;
  readonly what: string;
  readonly count: number;
  readonly maximum: number;
}

function assertAtMost(issues: IssueLog, { path, what, count, maximum }: Count): void {
  if (count <= maximum) return;
  issues.error(path, {
    code: 'limit_exceeded',
    message: `There are ${count} ${what}; at most ${maximum} are allowed.`,
  });
}

/** The size of a bundle is limited, so that it can be planned and migrated. */
export function checkLimits({ bundle, issues }: RuleContext): void {
  assertAtMost(issues, {
    path: ['objects'],
    what: 'objects',
    count: bundle.objects.length,
    maximum: LIMITS.maxBundleObjects,
  });
  for (const [index, { fields }] of bundle.objects.entries()) {
    const count = Object.keys(fields).length;
    const path = ['objects', index, 'fields'];
    assertAtMost(issues, { path, what: 'fields', count, maximum: LIMITS.maxObjectFields });
  }
  for (const [index, { records }] of bundle.seedData.entries()) {
    const path = ['seedData', index, 'records'];
    assertAtMost(issues, { path, what: 'records', count: records.length, maximum: LIMITS.maxSeedSetRecords });
  }
}

/** The number of keys that no schema defines is limited. */
export function checkUnknownKeyCount(count: number, issues: IssueLog): void {
  assertAtMost(issues, { path: [], what: 'unknown keys', count, maximum: LIMITS.maxUnknownKeys });
}
