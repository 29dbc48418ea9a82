const LONGEST_TEXT = 500;
const WORD = /[\w.-]+/g;
const ERROR_CODE = /^[A-Z][A-Z0-9_]{0,63}$/;

/** A JSON Web Token starts with a JSON object in base64 and has parts separated by dots. */
const isToken = (word: string) => word.includes('eyJ') && word.includes('.');

/** A text from a server without tokens, which a server may echo, and truncated to a maximum length. */
export function scrub(text: string, token: string | undefined): string {
  const withoutToken = token ? text.replaceAll(token, '[token]') : text;
  return withoutToken.slice(0, LONGEST_TEXT).replace(WORD, (word) => (isToken(word) ? '[token]' : word));
}

/** An error code from a server; empty for any other text. */
export const scrubCode = (code: string | null | undefined): string =>
  code && ERROR_CODE.test(code) ? code : '';
