import { parseRequest } from '@objectstack/spec/http';
import { TenantProvisioningRequestSchema } from '@objectstack/spec/system';
import { type FirstDayMistake, mistake } from './first-day-mistake.js';

const post =
  (body: string, type = 'application/json') =>
  () => {
    const request = new Request('http://localhost', {
      method: 'POST',
      body,
      headers: { 'content-type': type },
    });
    return parseRequest(TenantProvisioningRequestSchema, request, { maxBytes: 100 });
  };

/** Mistakes of clients of an HTTP service. */
export const HTTP_MISTAKES: readonly FirstDayMistake[] = [
  mistake('a body that is not JSON', post('{"orgId": "acme",\n}'), ['not_json', '2:1', /Remove the comma/]),
  mistake('a body that is too large', post(JSON.stringify({ orgId: 'x'.repeat(100) })), [
    'request_too_large',
    'maxBytes',
    /raise maxBytes/,
  ]),
  mistake('a form', post('orgId=acme', 'application/x-www-form-urlencoded'), [
    'unsupported_media_type',
    'content-type',
    /must be application\/json/,
  ]),
  mistake('a plan in capitals', post('{"orgId": "acme", "plan": "PRO"}'), [
    'invalid_value',
    '/plan',
    /Did you mean `pro`/,
  ]),
];
