const LONGEST_TEXT = 500;
const WORD = /[\w.-]+/g;
const ERROR_CODE = /^[A-Z][A-Z0-9_]{0,63}$/;

/** A JSON Web Token starts with a JSON object in base64 and has parts separated by dots. */
const isToken = (word: string) => word.includes('eyJ') && word.includes('.');

/** Characters of a part of a token that other words do not have by chance. */
const PART = 8;

/** The token and its parts, of which a server may echo one. */
const secretsOf = (token: string): string[] => [
  token,
  ...token.split('.').filter(({ length }) => length >= PART),
];

/** A text from a server without tokens, which a server may echo, and truncated to a maximum length. */
export function scrub(text: string, token: string | undefined): string {
  const secrets = token ? secretsOf(token) : [];
  const withoutToken = secrets.reduce((rest, secret) => rest.replaceAll(secret, '[token]'), text);
  return withoutToken.slice(0, LONGEST_TEXT).replace(WORD, (word) => (isToken(word) ? '[token]' : word));
}

/** An error code from a server; empty for any other text. */
export const scrubCode = (code: string | null | undefined): string =>
  code && ERROR_CODE.test(code) ? code : '';
