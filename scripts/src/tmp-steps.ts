import * as crypto from 'node:crypto';
import { readFile } from 'node:fs/promises';
import * as conformance from '@objectstack/conformance';
import * as data from '@objectstack/spec/data';
import * as drivers from '@objectstack/spec/drivers';
import * as shared from '@objectstack/spec/shared';
import { completeGroups, groupOf, linesOfCode, readGuide, runStep } from './documents/guide-steps.js';

const GIVEN = {
  'node:crypto': crypto,
  '@objectstack/conformance': conformance,
  '@objectstack/spec/data': data,
  '@objectstack/spec/drivers': drivers,
  '@objectstack/spec/shared': shared,
};
const path = 'docs/guides/writing-a-driver.md';
const guide = readGuide(path, await readFile(path, 'utf8'));
console.log('lines', linesOfCode(guide));
const from = Number(process.argv[2] ?? 1);
let seen = new Set<string>();
for (const [i, step] of guide.steps.entries()) {
  const t = Date.now();
  if (i + 1 < from) continue;
  const o = await runStep(guide, step, { given: GIVEN, isRun: (id) => groupOf(id) !== 'model' || i >= 4 });
  const done = completeGroups(o);
  console.log(step.title, 'passed', o.passed.length, 'failed', o.failed.length, `${Date.now() - t}ms`);
  console.log(
    '  NEW',
    done.filter((g) => !seen.has(g)).join(' '),
    ' LOST',
    [...seen].filter((g) => !done.includes(g)).join(' '),
  );
  seen = new Set(done);
  if (i >= 4) console.log('  FAILED', o.failed.join(' '));
}
