import { describe, expect, it } from 'vitest';
import { completeGroups, readGuide, runStep } from './guide-steps.js';

const SUITE = `import { describe, it } from 'node:test';
import { Last } from './last.js';

describe('', () => {
  it('x/add/one: adds one', async () => {
    if (new Last().add(1) !== 2) throw new Error('wrong');
  });
  it('x/add/two: adds two', async () => {
    if (new Last().add(2) !== 3) throw new Error('wrong');
  });
  it.skip('x/other/skipped: is skipped', async () => undefined);
});`;
const TEXT = `# Guide

\`\`\`ts last.test.ts
${SUITE}
\`\`\`

## Step 1: begin

\`\`\`ts first.ts
export class First {
  add(value: number) {
    return value === 1 ? 2 : value;
  }
}
\`\`\`

**Passes:** \`add/one\`.

## Step 2: end

\`\`\`ts last.ts
import { First } from './first.js';
export class Last extends First {
  override add(value: number) {
    return super.add(value) === 2 ? value + 1 : value;
  }
}
\`\`\`

**Passes:** \`add\`, and
\`everything\`.

## More

\`not a claim\`
`;

const guide = readGuide('guide.md', TEXT);
const everything = { given: {}, isRun: () => true };

describe('readGuide', () => {
  it('reads the suite, and the file and the claims of each step', () => {
    expect(guide.suite).toBe('last.test.ts');
    expect(guide.steps).toEqual([
      { title: 'Step 1: begin', file: 'first.ts', passes: ['add/one'] },
      { title: 'Step 2: end', file: 'last.ts', passes: ['add', 'everything'] },
    ]);
  });
});

describe('runStep', () => {
  it('runs the suite on the class of a step, in place of the last one', async () => {
    const [first, last] = guide.steps;
    expect(first && (await runStep(guide, first, everything))).toEqual({
      passed: ['add/one'],
      failed: ['add/two'],
    });
    expect(last && (await runStep(guide, last, everything))).toEqual({
      passed: ['add/one', 'add/two'],
      failed: [],
    });
  });

  it('runs the selected requirements only', async () => {
    const [first] = guide.steps;
    const isRun = (id: string) => id === 'add/two';
    expect(first && (await runStep(guide, first, { given: {}, isRun }))).toEqual({
      passed: [],
      failed: ['add/two'],
    });
  });

  it('rejects a guide that imports a file which it does not contain', async () => {
    const broken = readGuide('guide.md', TEXT.replace("from './first.js'", "from './none.js'"));
    const last = broken.steps.at(-1);
    await expect(last && runStep(broken, last, everything)).rejects.toThrow('There is no ./none.js.');
  });
});

describe('completeGroups', () => {
  it('leaves out a group of which a requirement failed', () => {
    expect(completeGroups({ passed: ['add/one', 'sub/one'], failed: ['add/two'] })).toEqual(['sub']);
  });
});
