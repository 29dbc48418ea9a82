class CanaryError extends Error {}
const explode = () => {
  throw new CanaryError('CANARY');
};

/** Values that no caller should pass, made anew for each call. */
export const HOSTILE_VALUES: Record<string, () => unknown> = {
  null: () => null,
  'a number': () => 7,
  NaN: () => Number.NaN,
  'a bigint': () => 7n,
  'a symbol': () => Symbol('CANARY'),
  'a function': () => explode,
  'an empty text': () => '',
  'a text with NUL': () => 'a\0b',
  'half a surrogate pair': () => '\ud800',
  'a list': () => [null],
  'a map': () => new Map([['name', 'x']]),
  'a promise': () => Promise.resolve(1),
  'a throwing getter': () => ({
    get signal() {
      return explode();
    },
    get orgId() {
      return explode();
    },
  }),
  'a throwing proxy': () =>
    new Proxy({}, { get: explode, ownKeys: explode, has: explode, getOwnPropertyDescriptor: explode }),
  'a throwing toString': () => ({ toString: explode, [Symbol.toPrimitive]: explode }),
  'an object without a prototype': () => Object.assign(Object.create(null), { nothing: 1 }),
  'a wrong signal': () => ({ signal: 7 }),
  'a cycle': () => {
    const cycle: Record<string, unknown> = {};
    cycle.name = cycle;
    cycle.objects = [cycle];
    return cycle;
  },
};
