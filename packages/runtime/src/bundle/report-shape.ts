import {
  explainIssue,
  isMissingKey,
  type JsonPath,
  keySchemaAt,
  schemaAt,
  toJsonPointer,
  valueAt,
} from '@objectstack/spec/shared';
import { DeployBundleSchema } from '@objectstack/spec/system';
import type * as z from 'zod';
import { correctionOf } from './correction-of.js';
import type { IssueLog } from './issue-log.js';

export interface ShapeReport {
  readonly value: unknown;
  readonly found: readonly z.core.$ZodIssue[];
  /** Pointers to keys that are missing because they are misspelled, which has been reported. */
  readonly misspelled: ReadonlySet<string>;
}

/** Reports the issues of a bundle's schema. Their messages state what was expected and never contain the value. */
export function reportShape({ value, found, misspelled }: ShapeReport, issues: IssueLog): void {
  for (const issue of found) {
    const path = issue.path as JsonPath;
    if (isMissingKey(issue, value) && misspelled.has(toJsonPointer(path))) continue;
    issues.error(path, { code: 'invalid_shape', explain: () => explain(issue, value) });
  }
}

function explain(issue: z.core.$ZodIssue, value: unknown) {
  const { message: expected, suggestion } = explainIssue(issue, { schema: DeployBundleSchema, value });
  const message = typeof value === 'string' ? `${expected}. Parse a text with parseBundle` : expected;
  return { message: `${message}.`, suggest: () => suggestion ?? correct(issue, value) };
}

/** The value, or the key of a record, that was probably meant. */
function correct({ code, path }: z.core.$ZodIssue, value: unknown): string | undefined {
  if (code === 'invalid_key') {
    const schema = keySchemaAt(DeployBundleSchema, path);
    return schema && correctionOf(path.at(-1), schema);
  }
  const schema = schemaAt(DeployBundleSchema, path);
  return schema && correctionOf(valueAt(value, path), schema);
}
