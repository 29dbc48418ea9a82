import * as z from 'zod';

/**
 * The same text schema, but rejecting every text in which the pattern occurs. A look-ahead would need only one pattern,
 * but Go and all other RE2 engines do not support it; JSON Schema expresses this as `not`.
 */
export function withoutPattern(schema: z.ZodString, pattern: RegExp): z.ZodString {
  const definition: z.core.$ZodCheckDef & { pattern: RegExp } = { check: 'excluded_pattern', pattern };
  const check: z.core.$ZodCheck<string> = new z.core.$ZodCheck(definition);
  check._zod.check = ({ value, issues }) => {
    if (value.search(pattern) < 0) return;
    const message = `Invalid string: must not match pattern ${pattern}`;
    const format = 'excluded_pattern';
    issues.push({
      code: 'invalid_format',
      format,
      message,
      origin: 'string',
      input: value,
      inst: check,
      continue: true,
    });
  };
  return schema.check(check).meta({ not: { pattern: pattern.source } });
}
