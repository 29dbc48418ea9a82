import { fileURLToPath } from 'node:url';
import { ObjectStackError } from '@objectstack/spec/shared';

function invalid(): ObjectStackError {
  return new ObjectStackError({ code: 'configuration_invalid', message: 'The file URL is not valid.' });
}

/**
 * Path of a `file:` URL. Rejects a URL with an unescaped `?` or `#`, because it would silently name another file, and
 * every other scheme.
 */
export function filePathOf(url: string): string {
  if (!url.startsWith('file:') || /[?#]/.test(url)) throw invalid();
  const rest = url.slice('file:'.length);
  try {
    const path = rest.startsWith('/') ? fileURLToPath(url) : decodeURIComponent(rest);
    if (path && !path.includes('\0')) return path;
  } catch {}
  throw invalid();
}
