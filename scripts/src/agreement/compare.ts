import { isDeepStrictEqual } from 'node:util';
import type * as z from 'zod';
import type { CatalogEntry } from '../catalog/catalog.js';
import { onlyBreaksRules } from './only-breaks-rules.js';
import type { Validator } from './validators.js';

export interface Counts {
  values: number;
  valid: number;
  invalid: number;
  /** Rejected by Zod because of a rule that JSON Schema cannot express. */
  breakingRules: number;
}

export interface Disagreement {
  readonly name: string;
  readonly form: 'input' | 'output';
  readonly value: string;
  readonly zod: string;
  readonly ajv: string;
}

const brief = (value: unknown) => JSON.stringify(value)?.slice(0, 500) ?? 'undefined';
const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

export const noCounts = (): Counts => ({ values: 0, valid: 0, invalid: 0, breakingRules: 0 });

function isAsBefore(parsed: z.ZodSafeParseResult<unknown>, value: unknown): boolean {
  return parsed.success && isDeepStrictEqual(asJson(parsed.data), value);
}

/** Validates the same JSON values with a Zod schema and with its documents, and records disagreements. */
export class Comparison {
  readonly counts = { input: noCounts(), output: noCounts() };
  readonly disagreements: Disagreement[] = [];

  constructor(
    private readonly entry: CatalogEntry,
    private readonly validate: Validator,
  ) {}

  /**
   * Whether the schema and the input document agree about the value, and the output document accepts the parsed output.
   */
  asInput(given: unknown): void {
    const value = asJson(given);
    const parsed = this.entry.schema.safeParse(value);
    this.#judge('input', value, parsed, parsed.success);
    if (parsed.success) this.asOutput(parsed.data);
  }

  /** A value is an output if parsing returns it unchanged. */
  asOutput(given: unknown): void {
    const value = asJson(given);
    const parsed = this.entry.schema.safeParse(value);
    this.#judge('output', value, parsed, isAsBefore(parsed, value));
  }

  #judge(
    form: 'input' | 'output',
    value: unknown,
    parsed: z.ZodSafeParseResult<unknown>,
    valid: boolean,
  ): void {
    // Zod ignores this key unless it is rejected; JSON Schema treats it like any other key.
    if (JSON.stringify(value).includes('"__proto__":')) return;
    const counts = this.counts[form];
    counts.values += 1;
    const errors = this.validate(
      form === 'input' ? this.entry.inputDocument : this.entry.outputDocument,
      value,
    );
    const breaksRules = !parsed.success && onlyBreaksRules(parsed.error.issues);
    if (breaksRules) counts.breakingRules += 1;
    else counts[valid ? 'valid' : 'invalid'] += 1;
    if (valid === (errors === undefined) || breaksRules) return;
    this.disagreements.push({
      name: this.entry.name,
      form,
      value: brief(value),
      zod: parsed.success ? `accepts as ${brief(parsed.data)}` : brief(parsed.error.issues),
      ajv: errors ? brief(errors) : 'accepts',
    });
  }
}
