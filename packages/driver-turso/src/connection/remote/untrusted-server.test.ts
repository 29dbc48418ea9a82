import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ObjectStackError } from '@objectstack/spec/shared';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createTursoDriver } from '../../driver/create-turso-driver.js';

const TOKEN = 'CANARY-token.of-the-database';
const MEBIBYTE = 1_024 * 1_024;

type Reply = (request: IncomingMessage, response: ServerResponse) => void;

/** A server that is not a libSQL server, or a malicious one. */
async function pretender(reply: Reply) {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    request.resume().on('end', () => reply(request, response));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return { url, requests };
}

const json =
  (body: unknown): Reply =>
  (_, response) =>
    response.end(JSON.stringify(body));

async function connectTo(reply: Reply, config: object = {}) {
  const { url } = await pretender(reply);
  const driver = createTursoDriver(
    { url, maxRetries: 0, requestTimeoutMs: 5_000, ...config },
    { authToken: TOKEN },
  );
  const error = await driver.connect().then(
    () => null,
    (thrown) => thrown,
  );
  if (!ObjectStackError.isInstance(error)) throw new Error(`No typed error: ${error}`);
  expect(`${JSON.stringify(error)} ${error.message} ${error.stack} ${String(error.cause)}`).not.toContain(
    TOKEN,
  );
  return error;
}

const batch = (result: unknown) =>
  json({
    results: [
      { type: 'ok', response: { type: 'batch', result } },
      { type: 'ok', response: { type: 'close' } },
    ],
  });

const result = (changes: object) => ({ cols: [{ name: 'id' }], rows: [], affected_row_count: 0, ...changes });
const steps = (step: unknown, count = 5) =>
  batch({ step_results: Array.from({ length: count }, () => step), step_errors: Array(count).fill(null) });

describe('an untrusted server', () => {
  it.each<[string, Reply]>([
    ['nothing', (_, response) => void response.end()],
    ['text that is not JSON', (_, response) => void response.end('<html>Sign in</html>')],
    ['null', json(null)],
    ['levels without end', (_, response) => void response.end('['.repeat(2 * MEBIBYTE))],
    ['no results', json({})],
    ['results that are not a list', json({ results: {} })],
    ['too few results', json({ results: [] })],
    [
      'a result of another type',
      json({ results: Array(2).fill({ type: 'ok', response: { type: 'close' } }) }),
    ],
    ['a result without a type', json({ results: Array(2).fill({ type: 'ok', response: {} }) })],
    ['a batch without steps', batch({})],
    ['too few steps', steps(result({}), 1)],
    ['steps that are strings', steps('x')],
    ['no columns', steps({ rows: [], affected_row_count: 0 })],
    ['rows that are not lists', steps(result({ rows: [{}] }))],
    ['rows of another length', steps(result({ rows: [[]] }))],
    ['values that are strings', steps(result({ rows: [['x']] }))],
    ['values of an unknown type', steps(result({ rows: [[{ type: 'date', value: 'x' }]] }))],
    ['values of an inherited type', steps(result({ rows: [[{ type: 'constructor' }]] }))],
    ['an invalid integer', steps(result({ rows: [[{ type: 'integer', value: 'x' }]] }))],
    ['a text that is a number', steps(result({ rows: [[{ type: 'text', value: 7 }]] }))],
    ['an invalid row count', steps(result({ affected_row_count: 'many' }))],
  ])('answers with %s', async (_what, reply) => {
    expect(await connectTo(reply)).toMatchObject({ code: 'database_unreachable' });
  });

  it.each([403, 500])('echoes the token with status %i', async (status) => {
    const error = await connectTo((request, response) => {
      response.writeHead(status).end(`bad token ${request.headers.authorization}`);
    });
    expect(error.code).toMatch(/unauthorized|database_unreachable/);
  });

  it('echoes the token in errors of statements and in their codes', async () => {
    const error = { message: `no ${TOKEN} eyJhbGciOi.eyJpZCI6.c2ln here`, code: TOKEN };
    const reply = json({ results: Array(2).fill({ type: 'error', error }) });
    expect(await connectTo(reply)).toMatchObject({
      code: 'sql_error',
      details: { reason: 'no [token] [token] here', sqliteCode: '' },
    });
    const [, part = ''] = TOKEN.split('.');
    const ofPart = json({ results: Array(2).fill({ type: 'error', error: { message: `no ${part} here` } }) });
    expect(await connectTo(ofPart)).toMatchObject({ details: { reason: 'no [token] here' } });
    const inSteps = batch({ step_results: Array(5).fill(null), step_errors: Array(5).fill(error) });
    expect(JSON.stringify((await connectTo(inSteps)).details)).not.toContain('eyJ');
  });

  it('exceeds the size limit of a response, which is not read', async () => {
    let sent = 0;
    const chunk = Buffer.alloc(MEBIBYTE, 32);
    const error = await connectTo((_, response) => {
      const send = () => {
        while (sent < 3_000 && !response.destroyed) {
          sent++;
          if (!response.write(chunk)) return void response.once('drain', send);
        }
        response.end();
      };
      send();
    });
    expect(error).toMatchObject({ code: 'response_too_large', details: { limitBytes: 16 * MEBIBYTE } });
    expect(sent).toBeLessThan(100);
  });

  it('never ends its response', async () => {
    const error = await connectTo((_, response) => void response.write('{'), { requestTimeoutMs: 200 });
    expect(error).toMatchObject({ code: 'request_timeout' });
  });

  it('redirects a transaction to another origin, which never receives the token', async () => {
    const elsewhere = await pretender(json({}));
    const ok = {
      type: 'batch',
      result: { step_results: [result({}), result({})], step_errors: [null, null] },
    };
    const here = await pretender(
      json({ baton: 'b', base_url: elsewhere.url, results: [{ type: 'ok', response: ok }] }),
    );
    const read = await pretender(
      (_, response) => void response.writeHead(307, { location: elsewhere.url }).end(),
    );
    const driver = createTursoDriver({ url: here.url, maxRetries: 0 }, { authToken: TOKEN });
    await driver.connect().catch(() => undefined);
    await createTursoDriver({ url: read.url, maxRetries: 0 }, { authToken: TOKEN })
      .connect()
      .catch(() => undefined);
    const { RemoteDatabase } = await import('./remote-database.js');
    const database = new RemoteDatabase({
      url: here.url,
      authToken: TOKEN,
      timeoutMs: 2_000,
      maxRetries: 0,
      busyTimeoutMs: 100,
    });
    const transaction = await database.begin();
    await transaction.execute({ sql: 'SELECT 1' }).catch(() => undefined);
    await transaction.rollback();
    expect(here.requests.length).toBeGreaterThan(2);
    expect(read.requests).toHaveLength(1);
    expect(elsewhere.requests).toHaveLength(0);
  });
});
