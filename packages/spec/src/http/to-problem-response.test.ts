import { describe, expect, it } from 'vitest';
import { ERROR_CODES } from '../shared/error-code.zod.js';
import { ObjectStackError } from '../shared/object-stack-error.js';
import { ProblemDetailsSchema } from '../shared/problem-details.zod.js';
import { toProblemResponse } from './to-problem-response.js';

describe('toProblemResponse', () => {
  it.each(['invalid_request', 'request_too_large', 'unsupported_media_type', 'aborted', 'internal'] as const)(
    'responds to %s with its status and problem details',
    async (code) => {
      const error = new ObjectStackError({ code, message: 'What happened.' });
      const response = toProblemResponse(error);
      expect(response.status).toBe(ERROR_CODES[code].status);
      expect(response.headers.get('content-type')).toBe('application/problem+json');
      const body = await response.json();
      expect(ProblemDetailsSchema.parse(body)).toEqual(body);
      expect(ObjectStackError.fromProblemDetails(body)).toMatchObject({ code, message: 'What happened.' });
    },
  );

  it.each([new Error('secret'), 'secret', null, undefined, { code: 'tenant_not_found', message: 'secret' }])(
    'responds to any other error with internal, without its message: %#',
    async (error) => {
      const response = toProblemResponse(error);
      expect(response.status).toBe(500);
      const text = await response.text();
      expect(JSON.parse(text)).toMatchObject({ code: 'internal' });
      expect(text).not.toContain('secret');
    },
  );

  it('responds without the details that are no JSON', async () => {
    const cyclic: Record<string, unknown> = {};
    cyclic.self = cyclic;
    const throwing = Object.defineProperty({}, 'a', {
      enumerable: true,
      get: () => {
        throw new Error('secret');
      },
    });
    for (const details of [{ a: 1n }, cyclic, throwing]) {
      const error = new ObjectStackError({
        code: 'aborted',
        message: 'What happened.',
        details: details as never,
      });
      const response = toProblemResponse(error);
      expect(response.status).toBe(499);
      const body = await response.json();
      expect(ProblemDetailsSchema.parse(body)).toEqual(body);
      expect(body).toMatchObject({ code: 'aborted', detail: 'What happened.' });
    }
  });

  it('responds with internal to what only claims to be such an error', async () => {
    const claims = { [Symbol.for('objectstack.error')]: true, code: 'aborted', message: 'secret' };
    const text = await toProblemResponse(claims).text();
    expect(JSON.parse(text)).toMatchObject({ code: 'internal' });
    expect(text).not.toContain('secret');
  });
});
