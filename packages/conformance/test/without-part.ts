const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** The value without the part at a JSON Pointer; an empty object for an empty pointer. */
export function withoutPart(value: unknown, pointer: string): unknown {
  const [step, ...rest] = pointer
    .split('/')
    .slice(1)
    .map((one) => one.replaceAll('~1', '/').replaceAll('~0', '~'));
  if (step === undefined || !isObject(value)) return {};
  const inner = rest.map((one) => `/${one.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
  if (Array.isArray(value)) {
    const index = Number(step);
    return inner === '' ? value.toSpliced(index, 1) : value.with(index, withoutPart(value[index], inner));
  }
  const others = Object.entries(value).filter(([key]) => key !== step);
  const changed = inner === '' ? [] : [[step, withoutPart(value[step], inner)] as [string, unknown]];
  return Object.fromEntries([...others, ...changed]);
}
