/** Stands for a value in a query that is compiled before the value is known. */
export class Placeholder {
  /** Reads the value from the arguments of the query. */
  readonly read: (args: unknown) => unknown;

  constructor(read: (args: unknown) => unknown) {
    this.read = read;
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The keys and lengths of arguments, whose values may differ. */
export function shapeOf(args: unknown): string {
  if (Array.isArray(args)) return `[${args.map(shapeOf).join()}]`;
  if (!isObject(args)) return args === undefined ? '-' : '?';
  return `{${Object.keys(args)
    .map((key) => `${key}${shapeOf(args[key])}`)
    .join()}}`;
}

function placeholders(args: unknown, read: (root: unknown) => unknown): unknown {
  if (args === undefined) return undefined;
  const at = (key: string | number) => (root: unknown) =>
    (read(root) as Record<string | number, unknown>)[key];
  if (Array.isArray(args)) return args.map((one, index) => placeholders(one, at(index)));
  if (!isObject(args)) return new Placeholder(read);
  return Object.fromEntries(Object.entries(args).map(([key, one]) => [key, placeholders(one, at(key))]));
}

/** The arguments with a placeholder for each value; an undefined one remains undefined. */
export const placeholdersOf = <Args>(args: Args): Args => placeholders(args, (root) => root) as Args;
