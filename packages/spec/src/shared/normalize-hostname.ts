/** Delimiters of a URL, percent encoding, backslashes, spaces and control characters: none is part of a host. */
const NOT_IN_A_HOST = /[\s\p{Cc}/?#@\\%,]/u;

const NAME = /^[a-z0-9]+(?:-+[a-z0-9]+)*(?:\.[a-z0-9]+(?:-+[a-z0-9]+)*)*$/;
const IPV6 = /^\[[0-9a-f:.]+\]$/;
const LONG_LABEL = /[^.]{64}/;

const MAX_LENGTH = 253;

function asciiHost(text: string): string {
  try {
    return new URL(`http://${text}`).hostname;
  } catch {
    return '';
  }
}

/**
 * The canonical form of a host, as a `Host` header contains it: in lowercase, internationalized labels in ASCII
 * (Punycode), without port and without the trailing dot of a fully qualified name. `null` if it is malformed, for example
 * because it contains credentials or percent encoding.
 */
export function normalizeHostname(host: string): string | null {
  if (NOT_IN_A_HOST.test(host)) return null;
  const name = asciiHost(host).replace(/\.$/, '');
  if (IPV6.test(name)) return name;
  return name.length <= MAX_LENGTH && NAME.test(name) && !LONG_LABEL.test(name) ? name : null;
}
