import * as z from 'zod';

interface TextBounds {
  readonly min?: number;
  readonly max?: number;
}

type Issue =
  | Pick<z.core.$ZodIssueTooBig, 'code' | 'maximum'>
  | Pick<z.core.$ZodIssueTooSmall, 'code' | 'minimum'>;

function issueOf(text: string, { min = 0, max = Number.POSITIVE_INFINITY }: TextBounds): Issue | undefined {
  const characters = [...text].length;
  if (characters < min) return { code: 'too_small', minimum: min };
  return characters > max ? { code: 'too_big', maximum: max } : undefined;
}

/**
 * Limits the length of a text in characters, as JSON Schema counts them. Zod's `min` and `max` count UTF-16 units, of
 * which an emoji has two.
 */
export function textLength(bounds: TextBounds): z.core.$ZodCheck<string> {
  const check = new z.core.$ZodCheck({ check: 'text_length' });
  check._zod.onattach.push(({ _zod: { bag } }) => {
    if (bounds.min !== undefined) bag.minimum = bounds.min;
    if (bounds.max !== undefined) bag.maximum = bounds.max;
  });
  check._zod.check = ({ value, issues }: z.core.ParsePayload<string>) => {
    const issue = issueOf(value, bounds);
    if (issue)
      issues.push({ ...issue, origin: 'string', inclusive: true, input: value, inst: check, continue: true });
  };
  return check;
}
