import { AssertionError } from 'node:assert/strict';
import { MismatchError } from './mismatch.js';
import { show } from './show.js';

/** The failed requirement, and where it is documented. */
export interface FailedRequirement {
  readonly id: string;
  readonly behavior: string;
  /** Path and anchor of its documentation. */
  readonly anchor: string;
  /** The last calls of the implementation, the failed one usually last. */
  readonly calls: readonly string[];
}

/** Some versions of Node.js append the difference to a message. */
const firstLine = (message: string) => message.split('\n', 1)[0] ?? '';
const indented = (text: string) => text.replaceAll('\n', '\n    ');

/** What was expected and found. */
function difference(error: unknown): string[] {
  if (error instanceof MismatchError) return [`Expected: ${error.expected}`, `Found: ${error.found}`];
  if (error instanceof AssertionError) {
    const reason = error.generatedMessage ? [] : [`Reason: ${firstLine(error.message)}`];
    if (error.operator === 'fail') return reason;
    return [...reason, `Expected: ${show(error.expected)}`, `Found: ${show(error.actual)}`];
  }
  return [`Found: ${error instanceof Error ? `${error.name}: ${error.message}` : show(error)}`];
}

function inputOf(error: unknown, calls: readonly string[]): string[] {
  if (error instanceof MismatchError && error.input !== undefined) return [`Input: ${error.input}`];
  return calls.length === 0 ? [] : [['Input, the last calls:', ...calls].join('\n')];
}

/**
 * The failure of a requirement with everything in its message, because the reports of some test runners show nothing else:
 * the requirement, the input, what was expected and found, and where the requirement is documented.
 */
export function explainFailure(error: unknown, { id, behavior, anchor, calls }: FailedRequirement): Error {
  const parts = [...inputOf(error, calls), ...difference(error), `Documentation: ${anchor}`];
  const explained = new Error([`${id}: ${behavior}`, ...parts.map(indented)].join('\n  '), { cause: error });
  return explained;
}
