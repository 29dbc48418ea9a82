import type { CallOptions } from '@objectstack/spec/contracts';
import type * as z from 'zod';
import { parseInput } from './parse-input.js';
import { readOptions } from './read-options.js';

/** Copies the options of a call, like `readOptions`, and validates them by a schema. Throws `invalid_request`. */
export function readValidOptions<T extends CallOptions>(schema: z.ZodType, given: T | undefined): Partial<T> {
  const options = readOptions(given);
  parseInput(schema, options, 'options');
  return options;
}
