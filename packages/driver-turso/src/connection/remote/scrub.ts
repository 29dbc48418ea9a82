const LONGEST_TEXT = 500;
const JSON_WEB_TOKEN = /\beyJ[\w-]+\.[\w-]+(\.[\w-]*)?/g;
const ERROR_CODE = /^[A-Z][A-Z0-9_]{0,63}$/;

/** A text of a server, fit to be shown: without tokens, which a server may echo, and not endless. */
export function scrub(text: string, token: string | undefined): string {
  const withoutToken = token ? text.replaceAll(token, '[token]') : text;
  return withoutToken.replace(JSON_WEB_TOKEN, '[token]').slice(0, LONGEST_TEXT);
}

/** An error code of a server; empty for anything else. */
export const scrubCode = (code: string | null | undefined): string =>
  code && ERROR_CODE.test(code) ? code : '';
