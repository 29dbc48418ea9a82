/** Any base: only the path is read. */
const BASE = 'http://path.invalid';

/**
 * The path of a URL, with `.` and `..` resolved as the Fetch API does; undefined if the URL is malformed. A URL that starts
 * with a slash is a path, even if it starts with two.
 */
export function requestPath(url: string): string | undefined {
  try {
    return new URL(url.startsWith('/') ? BASE + url : url).pathname;
  } catch {
    return undefined;
  }
}
