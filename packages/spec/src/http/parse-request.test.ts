import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { undeclaredFacts } from '../shared/error-details.js';
import { LIMITS } from '../shared/limits.js';
import { ObjectStackError } from '../shared/object-stack-error.js';
import { parseRequest } from './parse-request.js';

const NoteSchema = z.strictObject({
  text: z.string().max(10),
  tags: z.array(z.string()).default([]),
});
const JSON_TYPE = { 'content-type': 'application/json' };

function post(
  body: string | Uint8Array | ReadableStream | null,
  headers: Record<string, string> = JSON_TYPE,
): Request {
  const init = { method: 'POST', headers, body, duplex: 'half' };
  return new Request('http://localhost/notes', init as RequestInit);
}

async function errorOf(call: Promise<unknown>): Promise<ObjectStackError> {
  const error: unknown = await call.then(
    () => new Error('The call did not reject.'),
    (reason: unknown) => reason,
  );
  if (!ObjectStackError.isInstance(error)) throw error;
  expect(undeclaredFacts(error)).toEqual([]);
  expect(JSON.stringify(error)).not.toContain('secret');
  return error;
}

/** A body that is sent in chunks, without a declared length. */
function chunks(count: number, size: number) {
  const state = { sent: 0, canceled: false };
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (state.sent === count) return controller.close();
      state.sent += 1;
      controller.enqueue(new Uint8Array(size).fill(0x20));
    },
    cancel() {
      state.canceled = true;
    },
  });
  return { state, stream };
}

describe('parseRequest', () => {
  it.each([
    'application/json',
    'Application/JSON; charset=UTF-8',
    'application/json;charset="utf-8"',
    'application/merge-patch+json',
  ])('returns the parsed body, with its defaults, of the content type %s', async (type) => {
    const note = await parseRequest(NoteSchema, post('\ufeff{"text": "ü"}', { 'content-type': type }));
    expect(note).toEqual({ text: 'ü', tags: [] });
  });

  it('rejects a body that violates the schema with the pointer of each violation', async () => {
    const error = await errorOf(
      parseRequest(NoteSchema, post('{"text": "secret secret", "tags": ["a", 1]}')),
    );
    expect(error).toMatchObject({
      code: 'invalid_request',
      message: expect.stringMatching(/\(at \/text\) \(and 1 more\)$/),
      details: {
        issues: [
          { path: '/text', code: 'too_big' },
          { path: '/tags/1', code: 'invalid_type' },
        ],
      },
    });
  });

  it('reports at most 100 violations, and at most 200 characters of each path', async () => {
    const schema = z.record(z.string(), z.array(z.string()));
    const body = JSON.stringify({ ['k'.repeat(10_000)]: Array.from({ length: 1_000 }, () => 0) });
    const error = await errorOf(parseRequest(schema, post(body)));
    expect(error.message).toMatch(/\(and 999 more\)$/);
    const { issues = [] } = error.details;
    expect(issues).toHaveLength(100);
    for (const { path } of issues) expect(path.length).toBeLessThanOrEqual(200);
  });

  it('rejects with the error of a schema that throws', async () => {
    const schema = z.object({ text: z.string() }).transform(() => {
      throw new TypeError('wrong schema');
    });
    await expect(parseRequest(schema, post('{"text": "a"}'))).rejects.toThrow('wrong schema');
  });

  it('rejects a body without a content type', async () => {
    const request = new Request('http://localhost', { method: 'POST', body: new TextEncoder().encode('{}') });
    expect((await errorOf(parseRequest(NoteSchema, request))).code).toBe('unsupported_media_type');
  });

  it('reads a body of many chunks', async () => {
    const bytes = new TextEncoder().encode(JSON.stringify({ text: 'a', tags: ['b'.repeat(10)] }));
    const single = new ReadableStream({
      start(controller) {
        for (const byte of bytes) controller.enqueue(Uint8Array.of(byte));
        controller.close();
      },
    });
    expect(await parseRequest(NoteSchema, post(single))).toMatchObject({ text: 'a', tags: ['b'.repeat(10)] });
  });

  it('rejects malformed JSON with its line and column', async () => {
    const error = await errorOf(parseRequest(NoteSchema, post('{\n  "text": "secret",\n}')));
    expect(error).toMatchObject({
      code: 'invalid_request',
      details: {
        issues: [
          {
            path: '',
            code: 'not_json',
            message: 'The body is not JSON at line 3, column 1. Remove the comma before it.',
            line: 3,
            column: 1,
          },
        ],
      },
    });
  });

  it.each([
    ['no_body', null],
    ['no_body', ''],
    ['not_utf8', new Uint8Array([0x22, 0xff, 0x22])],
  ])('rejects with %s', async (code, body) => {
    const error = await errorOf(parseRequest(NoteSchema, post(body)));
    expect(error).toMatchObject({ code: 'invalid_request', details: { issues: [{ path: '', code }] } });
  });

  it('rejects a body that is nested too deeply for a recursive schema', async () => {
    const body = '['.repeat(100_000) + ']'.repeat(100_000);
    const error = await errorOf(parseRequest(z.json(), post(body)));
    expect(error).toMatchObject({ code: 'invalid_request', details: { issues: [{ code: 'too_deep' }] } });
  });

  it.each([undefined, 'text/plain', 'application/jsonp', 'application/json; charset=latin1'])(
    'rejects the content type %s',
    async (type) => {
      const headers: Record<string, string> = type ? { 'content-type': type } : {};
      const error = await errorOf(parseRequest(NoteSchema, post('{"text": "a"}', headers)));
      expect(error.code).toBe('unsupported_media_type');
    },
  );

  it('accepts a body of exactly the limit, and rejects a larger one', async () => {
    const body = '{"text":"ü"}';
    const maxBytes = new TextEncoder().encode(body).byteLength;
    expect(await parseRequest(NoteSchema, post(body), { maxBytes })).toMatchObject({ text: 'ü' });
    const error = await errorOf(parseRequest(NoteSchema, post(body), { maxBytes: maxBytes - 1 }));
    expect(error).toMatchObject({ code: 'request_too_large', details: { maximum: maxBytes - 1 } });
  });

  it.each([Number.NaN, -1, 0.5, '9'])('rejects maxBytes %j as a mistake of the service', async (maxBytes) => {
    const error = await errorOf(parseRequest(NoteSchema, post('{}'), { maxBytes: maxBytes as number }));
    expect(error).toMatchObject({ code: 'configuration_invalid', details: { option: 'maxBytes' } });
  });

  it('stops reading at the limit, by default LIMITS.maxRequestBytes', async () => {
    const { state, stream } = chunks(1_000, LIMITS.maxRequestBytes / 4);
    expect((await errorOf(parseRequest(NoteSchema, post(stream)))).code).toBe('request_too_large');
    expect(state.canceled).toBe(true);
    expect(state.sent).toBeLessThan(10);
  });

  it('rejects a larger declared length without reading', async () => {
    const { state, stream } = chunks(1_000, 1_000);
    const headers = { ...JSON_TYPE, 'content-length': '1000000' };
    const error = await errorOf(parseRequest(NoteSchema, post(stream, headers), { maxBytes: 1_000 }));
    expect(error.code).toBe('request_too_large');
    expect(state.canceled).toBe(true);
    expect(state.sent).toBeLessThan(3);
  });

  it('rejects with aborted if the client closes the connection', async () => {
    const stream = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.error(new Error('secret')),
    });
    expect((await errorOf(parseRequest(NoteSchema, post(stream)))).code).toBe('aborted');
  });

  it('rejects with a TypeError if the body was already read', async () => {
    const request = post('{"text": "a"}');
    await request.text();
    await expect(parseRequest(NoteSchema, request)).rejects.toThrow(TypeError);
  });
});
