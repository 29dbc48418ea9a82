import * as z from 'zod';

/**
 * The same text schema, refusing every text in which the pattern occurs. A look-ahead would say it in one pattern, but Go
 * and every other RE2 engine refuse to compile one; `not` is what JSON Schema has for it.
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
