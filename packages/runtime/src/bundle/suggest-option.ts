import type { Field } from '@objectstack/spec/data';
import { closestName } from '@objectstack/spec/shared';

/** The option of a field that was probably meant by a value: the one with this label, or one with a similar value. */
export function suggestOption({ options = [] }: Field, value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const wanted = value.toLowerCase();
  const labeled = options.find(({ label }) => typeof label === 'string' && label.toLowerCase() === wanted);
  if (labeled) return labeled.value;
  return closestName(
    value,
    options.map((option) => option.value),
  );
}
