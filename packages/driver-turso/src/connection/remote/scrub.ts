const LONGEST_TEXT = 500;
const WORD = /[\w.-]+/g;
const ERROR_CODE = /^[A-Z][A-Z0-9_]{0,63}$/;

/** JSON Web Tokens begin with an object in base64 and have their parts joined by dots. */
const isToken = (word: string) => word.includes('eyJ') && word.includes('.');

/** A text of a server, fit to be shown: without tokens, which a server may echo, and not endless. */
export function scrub(text: string, token: string | undefined): string {
  const withoutToken = token ? text.replaceAll(token, '[token]') : text;
  return withoutToken.slice(0, LONGEST_TEXT).replace(WORD, (word) => (isToken(word) ? '[token]' : word));
}

/** An error code of a server; empty for anything else. */
export const scrubCode = (code: string | null | undefined): string =>
  code && ERROR_CODE.test(code) ? code : '';
