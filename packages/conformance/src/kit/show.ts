import { inspect } from 'node:util';

const OPTIONS = {
  depth: 12,
  breakLength: Number.POSITIVE_INFINITY,
  compact: true,
  maxArrayLength: 20,
  maxStringLength: 200,
} as const;

const MOST_CHARACTERS = 1_000;

/** A value as a line of JavaScript, shortened if it is long. */
export function show(value: unknown): string {
  const text = inspect(value, OPTIONS);
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text;
}

/** Name of the class of an object that is neither plain nor built in, such as a driver, whose content is private. */
function classOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const made: unknown = value.constructor;
  if (typeof made !== 'function' || Reflect.get(globalThis, made.name) === made) return undefined;
  return made.name;
}

function showArgument(argument: unknown): string {
  const name = classOf(argument);
  return name === undefined ? show(argument) : `<${name}>`;
}

/** A call as a line of JavaScript. */
export function showCall(method: string, args: readonly unknown[]): string {
  const given = args.findLastIndex((argument) => argument !== undefined);
  return `${method}(${args
    .slice(0, given + 1)
    .map(showArgument)
    .join(', ')})`;
}
