import { ObjectStackError } from '@objectstack/spec/shared';

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * Base URL of the Platform API. `http:` would expose the token on the network, so it is limited to this machine. Throws
 * `configuration_invalid`.
 */
export function platformUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  const isSecure = url?.protocol === 'https:' || (url?.protocol === 'http:' && LOOPBACK.test(url.hostname));
  if (url && isSecure && !url.username && !url.password && !url.search && !url.hash) return url;
  throw new ObjectStackError({
    code: 'configuration_invalid',
    message:
      'The option apiUrl must be an https: URL, or an http: URL of this machine, without credentials and parameters.',
    details: { option: 'apiUrl' },
  });
}
