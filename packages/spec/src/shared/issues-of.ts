import type * as z from 'zod';
import { toJsonPointer } from './json-pointer.js';

/** A problem of an input and its position. */
export interface InputIssue {
  /** JSON Pointer to the value; empty for the whole input. */
  path: string;
  code: string;
  message: string;
}

/** The issues that Zod found, each with a JSON Pointer. They quote no value of the input. */
export function issuesOf({ issues }: z.core.$ZodError): InputIssue[] {
  return issues.map(({ path, code = 'custom', message }) => ({
    path: toJsonPointer(path.map(String)),
    code,
    message,
  }));
}
