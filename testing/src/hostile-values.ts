class CanaryError extends Error {}
const explode = () => {
  throw new CanaryError('CANARY');
};

/** An object whose commonly read keys throw. */
function throwingGetters(): object {
  const keys = ['name', 'where', 'signal', 'orgId'];
  return Object.defineProperties(
    {},
    Object.fromEntries(keys.map((key) => [key, { get: explode, enumerable: true }])),
  );
}

function cycle(): object {
  const self: Record<string, unknown> = {};
  self.name = self;
  self.where = self;
  self.objects = [self];
  return self;
}

function deepObject(): object {
  let deep: unknown = 1;
  for (let level = 0; level < 20_000; level++) deep = { $not: deep };
  return { where: deep, name: deep };
}

/** Values that callers should not pass, created for each call. An error that contains `CANARY` leaks one. */
export const HOSTILE_VALUES: Record<string, () => unknown> = {
  null: () => null,
  'a number': () => 7,
  NaN: () => Number.NaN,
  'a bigint': () => 7n,
  'a symbol': () => Symbol('CANARY'),
  'a function': () => explode,
  'an empty string': () => '',
  'a string with NUL': () => 'a\0b',
  'a lone surrogate': () => '\ud800',
  'a list': () => [null],
  'a date': () => new Date(Number.NaN),
  'a map': () => new Map([['name', 'x']]),
  'a promise': () => Promise.resolve(1),
  'a throwing getter': throwingGetters,
  'a throwing proxy': () =>
    new Proxy({}, { get: explode, ownKeys: explode, has: explode, getOwnPropertyDescriptor: explode }),
  'a throwing toString': () => ({ toString: explode, [Symbol.toPrimitive]: explode }),
  'an object without a prototype': () => Object.assign(Object.create(null), { nothing: 1 }),
  'a signal of the wrong type': () => ({ signal: 7 }),
  'a cycle': cycle,
  'a deep object': deepObject,
};
