import { ObjectStackError } from '../shared/object-stack-error.js';
import { quotaResultOf, rateLimitHeaders } from './rate-limit-headers.js';

const UNEXPECTED = new ObjectStackError({ code: 'internal', message: 'The service failed unexpectedly.' });

/** Names of the exceeded quotas: the member `violated-policies` of the problem type `quota-exceeded` of the IETF draft. */
function violatedPolicies({ details }: ObjectStackError): { 'violated-policies'?: string[] } {
  const several = Array.isArray(details.quotas) ? details.quotas.map(({ quota }) => String(quota)) : [];
  const names = typeof details.quota === 'string' ? [details.quota] : several;
  return names.length > 0 ? { 'violated-policies': names } : {};
}

/** What another implementation puts into `details` may be no JSON, or be read only with an error. */
function bodyOf(error: ObjectStackError): string {
  const problem = error.toProblemDetails();
  try {
    return JSON.stringify({ ...problem, ...violatedPolicies(error) });
  } catch {
    const { details: _, ...others } = problem;
    return JSON.stringify(others);
  }
}

function responseTo(error: ObjectStackError, options: { readonly now?: Date }): Response {
  const exceeded = quotaResultOf(error);
  return new Response(bodyOf(error), {
    status: error.toProblemDetails().status,
    headers: {
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      ...(exceeded && rateLimitHeaders([exceeded], options)),
    },
  });
}

/**
 * The response to a failed request: problem details (RFC 9457) with the status of the error's code. Any other error
 * becomes `internal` without its message, which can contain secrets; log it before. For an exceeded quota, it has the member
 * `violated-policies` and the headers of `rateLimitHeaders`, `Retry-After` included. Never throws: details that are no JSON
 * are omitted.
 */
export function toProblemResponse(error: unknown, options: { readonly now?: Date } = {}): Response {
  try {
    return responseTo(ObjectStackError.isInstance(error) ? error : UNEXPECTED, options);
  } catch {
    return responseTo(UNEXPECTED, options);
  }
}
