import { collectFailures, type TestRunner } from '@objectstack/conformance';
import type { CodeBlock } from './documents.js';
import { readMarkdown } from './documents.js';
import { runBlocks } from './run-blocks.js';

/** A step of a guide that builds an implementation of a contract. */
export interface GuideStep {
  readonly title: string;
  /** The file with the class of the step, which is named after it. */
  readonly file: string;
  /** Groups of requirements that pass from this step on, or requirements by group and name. */
  readonly passes: readonly string[];
}

/** A guide: a test file that runs a suite on the class of the last step, and the steps. */
export interface Guide {
  readonly blocks: readonly CodeBlock[];
  readonly suite: string;
  readonly steps: readonly GuideStep[];
}

/** Requirements that ran on the class of a step, without the subject of their ids. */
export interface StepOutcome {
  readonly passed: readonly string[];
  readonly failed: readonly string[];
}

const STEP = /^## (?=Step \d)/m;
const CLAIMS = /\*\*Passes:\*\*(.*?)\n\n/s;

/** What the section says passes. */
export function claimsIn(section: string): string[] {
  const claims = CLAIMS.exec(`${section}\n\n`)?.[1] ?? '';
  return [...claims.matchAll(/`([^`]+)`/g)].map(([, claim = '']) => claim);
}

function stepOf(path: string, section: string): GuideStep {
  const [title = ''] = section.split('\n');
  return {
    title,
    file: readMarkdown(path, section).blocks.findLast(({ file }) => file)?.file ?? '',
    passes: claimsIn(section),
  };
}

/** Reads the steps of a guide: its sections `Step 1` and so on, each with a paragraph that begins with `**Passes:**`. */
export function readGuide(path: string, text: string): Guide {
  const { blocks } = readMarkdown(path, text);
  const [, ...sections] = text.split(STEP);
  const steps = sections.map((section) => stepOf(path, section));
  const suite = blocks.find(({ file }) => file?.endsWith('.test.ts'))?.file ?? '';
  return { blocks, suite, steps };
}

/**
 * Lines of code of the first steps of the implementation, without the imports, which each step repeats, and without comments.
 * Default: all steps.
 */
export function linesOfCode({ blocks, suite, steps }: Guide, firstSteps = steps.length): number {
  const last = steps[firstSteps - 1]?.file;
  const named = blocks.filter(({ file }) => file !== undefined && file !== suite);
  const until = named.findIndex(({ file }) => file === last);
  const code = named.slice(0, until < 0 ? undefined : until + 1).map((block) => block.code);
  const isCode = (line: string) => line.trim() !== '' && !/^(import |\s*(\/\/|\/?\*))/.test(line);
  return code.join('\n').split('\n').filter(isCode).length;
}

/** `map-driver.ts` contains the class MapDriver. */
const classNameOf = (file: string) =>
  file.replace('.ts', '').replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());

export const groupOf = (requirement: string): string => requirement.split('/')[0] ?? '';

/**
 * Runs the suite of a guide on the class of a step, in place of that of the last step. `given` are the modules that the
 * guide imports, by specifier.
 */
export async function runStep(
  { blocks, suite, steps }: Guide,
  { file }: GuideStep,
  { given, isRun }: { given: Parameters<typeof runBlocks>[1]; isRun: (requirement: string) => boolean },
): Promise<StepOutcome> {
  const last = steps.at(-1)?.file ?? '';
  const subject = { [classNameOf(last)]: runBlocks(blocks, given)(file)[classNameOf(file)] };
  const run: string[] = [];
  const failed = await collectFailures((runner: TestRunner) => {
    const register = (title: string, body: () => Promise<void>) => {
      const [id = ''] = title.split(':');
      if (!isRun(withoutSubject(id))) return;
      run.push(withoutSubject(id));
      runner.it(title, body);
    };
    const it = Object.assign(register, { skip: () => undefined });
    const modules = { ...given, 'node:test': { describe: runner.describe, it } };
    runBlocks(blocks, { ...modules, [`./${last.replace(/\.ts$/, '.js')}`]: subject })(suite);
  });
  const failures = failed.map(withoutSubject);
  return { passed: run.filter((one) => !failures.includes(one)), failed: failures };
}

const withoutSubject = (id: string) => id.split('/').slice(1).join('/');

/** Groups none of whose requirements failed. */
export function completeGroups({ passed, failed }: StepOutcome): string[] {
  const incomplete = new Set(failed.map(groupOf));
  return [...new Set(passed.map(groupOf))].filter((group) => !incomplete.has(group));
}
