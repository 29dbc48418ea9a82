import type * as z from 'zod';
import { explainIssue, type IssueExplanation, type IssueSource, isMissingKey } from './explain-issue.js';
import { toJsonPointer } from './json-pointer.js';

/** A problem of an input and its position. */
export interface InputIssue {
  /** JSON Pointer to the value; empty for the whole input. */
  path: string;
  code: string;
  message: string;
  /** Name that was probably intended. */
  suggestion?: string;
}

type Explained = readonly [issue: z.core.$ZodIssue, explanation: IssueExplanation];

/**
 * Returns the issues that Zod found, each with a JSON Pointer, what is expected, and the name that was probably
 * intended. They contain no value of the input. A key that is only missing because it is misspelled is reported once.
 */
export function issuesOf({ issues }: z.core.$ZodError, source: IssueSource): InputIssue[] {
  const explained = issues.map((issue): Explained => [issue, explainIssue(issue, source)]);
  const meant = new Set(explained.flatMap(keyMeant));
  return explained
    .filter(([issue]) => !(isMissingKey(issue, source.value) && meant.has(pointerOf(issue.path))))
    .map(toInputIssue);
}

function keyMeant([{ code, path }, { suggestion }]: Explained): string[] {
  return code === 'unrecognized_keys' && suggestion !== undefined ? [pointerOf([...path, suggestion])] : [];
}

/** Longest key of a path. */
const MAX_CHARACTERS = 100;

/** The place of an issue; of unknown keys, the first of them. */
function placeOf(issue: z.core.$ZodIssue): string {
  return pointerOf(
    issue.code === 'unrecognized_keys'
      ? [...issue.path, (issue.keys[0] ?? '').slice(0, MAX_CHARACTERS)]
      : issue.path,
  );
}

function toInputIssue([found, { message, suggestion }]: Explained): InputIssue {
  const { code = 'custom' } = found;
  const issue = { path: placeOf(found), code, message };
  if (suggestion === undefined) return { ...issue, message: `${message}.` };
  return { ...issue, message: `${message}. Did you mean \`${suggestion}\`?`, suggestion };
}

const pointerOf = (path: readonly PropertyKey[]): string => toJsonPointer(path.map(String));

/** The first issue with its place, and the number of others: `issues` of `details` lists them all. */
export function summaryOf(issues: readonly InputIssue[], count: number = issues.length): string {
  const [first] = issues;
  if (!first) return '';
  const place = first.path === '' ? '' : ` (at ${first.path})`;
  const more = count > 1 ? ` (and ${count - 1} more)` : '';
  return `${first.message}${place}${more}`;
}
