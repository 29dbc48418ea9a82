import { fileURLToPath } from 'node:url';
import { notSupported, ObjectStackError } from '@objectstack/spec/shared';

const SCHEME = /^[a-z][a-z0-9+.-]*:/i;

function invalid(): ObjectStackError {
  return new ObjectStackError({ code: 'configuration_invalid', message: 'The file URL is not valid.' });
}

/**
 * Path of a `file:` URL. What follows an unescaped `?` or `#` would silently name another file, so it is refused;
 * so is every other kind of URL, as `not_supported`.
 */
export function filePathOf(url: string): string {
  if (!url.startsWith('file:')) throw notSupported('remote_database', SCHEME.exec(url)?.[0]);
  if (/[?#]/.test(url)) throw invalid();
  const rest = url.slice('file:'.length);
  try {
    const path = rest.startsWith('/') ? fileURLToPath(url) : decodeURIComponent(rest);
    if (path && !path.includes('\0')) return path;
  } catch {}
  throw invalid();
}
