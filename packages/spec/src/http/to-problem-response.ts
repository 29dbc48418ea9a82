import { ObjectStackError } from '../shared/object-stack-error.js';
import { quotaResultOf, rateLimitHeaders } from './rate-limit-headers.js';

const UNEXPECTED = new ObjectStackError({ code: 'internal', message: 'The service failed unexpectedly.' });

/** Names of the exceeded quotas: the member `violated-policies` of the problem type `quota-exceeded` of the IETF draft. */
function violatedPolicies({ details }: ObjectStackError): { 'violated-policies'?: string[] } {
  const several = Array.isArray(details.quotas) ? details.quotas.map(({ quota }) => String(quota)) : [];
  const names = typeof details.quota === 'string' ? [details.quota] : several;
  return names.length > 0 ? { 'violated-policies': names } : {};
}

/**
 * The response to a failed request: problem details (RFC 9457) with the status of the error's code. Any other error
 * becomes `internal` without its message, which can contain secrets; log it before. For an exceeded quota, it has the member
 * `violated-policies` and the headers of `rateLimitHeaders`, `Retry-After` included.
 */
export function toProblemResponse(error: unknown, options: { readonly now?: Date } = {}): Response {
  const known = ObjectStackError.isInstance(error) ? error : UNEXPECTED;
  const exceeded = quotaResultOf(known);
  const problem = { ...known.toProblemDetails(), ...violatedPolicies(known) };
  return new Response(JSON.stringify(problem), {
    status: problem.status,
    headers: {
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      ...(exceeded && rateLimitHeaders([exceeded], options)),
    },
  });
}
