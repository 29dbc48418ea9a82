import type { CommandInput } from './command.js';
import { commandError, usageError } from './command-error.js';

/** Text of an option, or undefined. */
export const textOption = ({ options }: CommandInput, name: string): string | undefined =>
  typeof options[name] === 'string' ? (options[name] as string) : undefined;

/** Values of an option that can be repeated. */
export const listOption = ({ options }: CommandInput, name: string): readonly string[] =>
  Array.isArray(options[name]) ? (options[name] as string[]) : [];

export const isSet = ({ options }: CommandInput, name: string): boolean => options[name] === true;

/** A whole number in a range. Throws a usage error. */
export function numberOption(
  input: CommandInput,
  name: string,
  { least, most = Number.MAX_SAFE_INTEGER }: { least: number; most?: number },
): number | undefined {
  const text = textOption(input, name);
  if (text === undefined) return undefined;
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= most) return value;
  const range = most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`;
  throw usageError(`The option --${name} must be a whole number ${range}.`);
}

/** Names that are separated by commas. */
export const namesOption = (input: CommandInput, name: string): string[] | undefined =>
  textOption(input, name)
    ?.split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

/** A JSON value in an option or argument. Throws a usage error with the position. */
export function parseJson(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const position = /position (\d+)/.exec((error as Error).message)?.[1];
    const place = position === undefined ? '' : ` at character ${Number(position) + 1}`;
    throw commandError({
      code: 'invalid_request',
      message: `${what} is not JSON${place}. Quote it for the shell, for example '{"done":false}'.`,
      exit: 'usage',
    });
  }
}

/** Page of a list. */
export const pageOf = (input: CommandInput): { limit?: number; cursor?: string } => {
  const limit = numberOption(input, 'limit', { least: 1, most: 200 });
  const cursor = textOption(input, 'cursor');
  return { ...(limit !== undefined && { limit }), ...(cursor !== undefined && { cursor }) };
};
