import { CHARACTERS_PER_STEP, EXPRESSION_LIMITS } from './expression-limits.js';

export const sizeOfText = (text: string): number => 1 + Math.floor(text.length / CHARACTERS_PER_STEP);

/**
 * Size of a variable: its values, counting a long text as several. Stops at the number of steps that an evaluation may
 * take, so that a large or cyclic value is not walked to its end.
 */
export function sizeOfValue(value: unknown): number {
  const open: unknown[] = [value];
  let size = 0;
  while (open.length > 0 && size <= EXPRESSION_LIMITS.maxSteps) {
    const next = open.pop();
    size += typeof next === 'string' ? sizeOfText(next) : 1;
    if (typeof next === 'object' && next !== null) for (const item of Object.values(next)) open.push(item);
  }
  return size;
}
