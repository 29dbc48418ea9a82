import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Refusal, refuseRequest, type S3Access } from './refuse-request.js';
import { type BucketSettings, errorAnswer, type S3Answer, S3Bucket } from './s3-bucket.js';

/** What goes wrong with the next requests. */
export type S3Fault =
  /** Answers with a status and an error code, without doing the work. */
  | { readonly kind: 'answer'; readonly status: number; readonly code?: string; readonly retryAfter?: string }
  /** Never answers. */
  | { readonly kind: 'stall' }
  /** Sends the head of the answer and half of the body, and then nothing. */
  | { readonly kind: 'stall-body' }
  /** Does the work, and closes the connection instead of answering. */
  | { readonly kind: 'lose-answer' }
  /** Closes the connection in the middle of the body. */
  | { readonly kind: 'cut' }
  /** Answers with other bytes. */
  | { readonly kind: 'rewrite'; readonly rewrite: (body: Buffer) => Buffer };

interface Injected {
  readonly fault: S3Fault;
  readonly method: string | undefined;
  left: number;
}

export interface S3Server {
  readonly endpoint: string;
  readonly bucketName: string;
  readonly access: S3Access;
  /** Objects of the bucket, by key. */
  readonly objects: Map<string, Buffer>;
  /** Methods of the requests so far, each with its key. */
  readonly requests: string[];
  configure(
    settings: BucketSettings & { readonly readOnly?: boolean; readonly clockOffsetMs?: number },
  ): void;
  /** Applies a fault to the next requests, or to the next ones with a method. */
  inject(fault: S3Fault, options?: { times?: number; method?: string }): void;
  stop(): Promise<void>;
}

const ACCESS = { region: 'eu-test-1', accessKeyId: 'TESTKEY', secretAccessKey: 'test/secret+key=' };
const BUCKET = 'test-bucket';

async function bodyOf(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function send(outgoing: ServerResponse, answer: S3Answer, fault: S3Fault | undefined): void {
  const body = Buffer.from(answer.body ?? '');
  if (fault?.kind === 'lose-answer') return void outgoing.destroy();
  if (fault?.kind === 'cut' || fault?.kind === 'stall-body') {
    outgoing.writeHead(answer.status, { 'content-length': body.length + 1 });
    const half = body.subarray(0, body.length / 2);
    outgoing.write(half, () => fault.kind === 'cut' && outgoing.destroy());
    return;
  }
  const retryAfter = fault?.kind === 'answer' ? fault.retryAfter : undefined;
  outgoing.writeHead(answer.status, { ...(retryAfter !== undefined && { 'retry-after': retryAfter }) });
  outgoing.end(fault?.kind === 'rewrite' ? fault.rewrite(body) : body);
}

/**
 * A server of the S3 API in this process, for tests: it verifies every signature as strictly as S3, and has pages,
 * conditional writes and faults on request.
 */
export async function startS3Server(options: Partial<S3Access> = {}): Promise<S3Server> {
  const access: S3Access = { ...ACCESS, ...options };
  const bucket = new S3Bucket({});
  const requests: string[] = [];
  const injected: Injected[] = [];
  let rules: { readOnly?: boolean; clockOffsetMs?: number } = {};
  const takeFault = (method: string) => {
    const next = injected.find((one) => one.left > 0 && (one.method ?? method) === method);
    if (next) next.left--;
    return next?.fault;
  };
  const respond = (incoming: IncomingMessage, body: Buffer): S3Answer => {
    const { method = '', url: target = '', headers } = incoming;
    const now = Date.now() + (rules.clockOffsetMs ?? 0);
    const refusal: Refusal | undefined = refuseRequest({ method, target, headers, body, now }, access);
    if (refusal) return errorAnswer(...refusal);
    const url = new URL(target, 'http://s3.invalid');
    const [, name, ...segments] = decodeURIComponent(url.pathname).split('/');
    if (name !== BUCKET) return errorAnswer(404, 'NoSuchBucket');
    if (rules.readOnly && method !== 'GET') return errorAnswer(403, 'AccessDenied');
    const ifNoneMatch = headers['if-none-match'];
    return bucket.answer({ method, key: segments.join('/'), query: url.searchParams, ifNoneMatch, body });
  };
  const handle = async (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const { method = '', url = '' } = incoming;
    requests.push(`${method} ${url}`);
    const fault = takeFault(method);
    const body = await bodyOf(incoming);
    if (fault?.kind === 'stall') return;
    const answer =
      fault?.kind === 'answer'
        ? errorAnswer(fault.status, fault.code ?? 'InternalError')
        : respond(incoming, body);
    send(outgoing, answer, fault);
  };
  const server = createServer((incoming, outgoing) => {
    handle(incoming, outgoing).catch(() => outgoing.destroy());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    bucketName: BUCKET,
    access,
    objects: bucket.objects,
    requests,
    configure({ readOnly = false, clockOffsetMs = 0, ...settings }) {
      rules = { readOnly, clockOffsetMs };
      bucket.settings = settings;
    },
    inject: (fault, { times = 1, method } = {}) => void injected.push({ fault, method, left: times }),
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
