import type { TextFormat } from '@objectstack/spec/data';

const LETTERS = `'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'`;

function isEmail(text: string): string {
  const name = `substr(${text}, 1, instr(${text}, '@') - 1)`;
  const host = `substr(${text}, instr(${text}, '@') + 1)`;
  const parents = `rtrim(${host}, ${LETTERS})`;
  return `instr(${text}, '@') > 0 AND ${text} NOT GLOB '.*' AND instr(${text}, '..') = 0
    AND ${name} GLOB '*[A-Za-z0-9_+-]' AND ${name} NOT GLOB '*[^A-Za-z0-9_''+.-]*'
    AND ${host} NOT GLOB '*[^A-Za-z0-9.-]*' AND ${host} NOT GLOB '[.-]*' AND instr(${host}, '.-') = 0
    AND ${parents} GLOB '?*.' AND length(${host}) - length(${parents}) >= 2`;
}

/** SQL checks only the scheme and whether a host follows. Other errors are detected when the value is next written. */
function isWebAddress(text: string): string {
  const address = `lower(trim(${text}))`;
  return `(${address} GLOB 'http:*' OR ${address} GLOB 'https:*')
    AND trim(substr(${address}, instr(${address}, ':') + 1), '/\\') <> ''`;
}

const unless = (isWellFormed: (text: string) => string) => (text: string) =>
  `(${text}) <> '' AND NOT (${isWellFormed(`(${text})`)})`;

/** SQL conditions that a text violates the format of its field type. */
export const MALFORMED_TEXT: Readonly<Record<TextFormat, (text: string) => string>> = {
  email: unless(isEmail),
  url: unless(isWebAddress),
};
