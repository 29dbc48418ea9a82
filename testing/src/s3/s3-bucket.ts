export interface S3Answer {
  readonly status: number;
  readonly body?: string | Buffer;
}

export interface BucketRequest {
  readonly method: string;
  /** Key of the object; empty for a request to the bucket. */
  readonly key: string;
  readonly query: URLSearchParams;
  readonly ifNoneMatch: string | undefined;
  readonly body: Buffer;
}

export interface BucketSettings {
  /** Support of `If-None-Match` for writes: `unsupported` answers 501, `ignored` writes. */
  readonly conditionalWrites?: 'supported' | 'unsupported' | 'ignored';
  /** Number of keys on a page of a list. */
  readonly pageSize?: number;
}

const escapeXml = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** An answer with the code of an error, which also contains texts that a client must not pass on. */
export function errorAnswer(status: number, code: string): S3Answer {
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>canary-secret</Message></Error>`;
  return { status, body };
}

/** Objects of one bucket, and the operations on them. */
export class S3Bucket {
  readonly objects = new Map<string, Buffer>();
  settings: BucketSettings;

  constructor(settings: BucketSettings) {
    this.settings = settings;
  }

  answer(request: BucketRequest): S3Answer {
    const { method, key } = request;
    if (key === '' && method === 'GET' && request.query.get('list-type') === '2')
      return this.#list(request.query);
    if (key === '') return errorAnswer(405, 'MethodNotAllowed');
    if (method === 'GET') return this.#get(key);
    if (method === 'PUT') return this.#put(request);
    if (method !== 'DELETE') return errorAnswer(405, 'MethodNotAllowed');
    this.objects.delete(key);
    return { status: 204 };
  }

  #get(key: string): S3Answer {
    const body = this.objects.get(key);
    return body ? { status: 200, body } : errorAnswer(404, 'NoSuchKey');
  }

  #put({ key, ifNoneMatch, body }: BucketRequest): S3Answer {
    const { conditionalWrites = 'supported' } = this.settings;
    if (ifNoneMatch !== undefined && conditionalWrites === 'unsupported')
      return errorAnswer(501, 'NotImplemented');
    const isConditional = ifNoneMatch === '*' && conditionalWrites === 'supported';
    if (isConditional && this.objects.has(key)) return errorAnswer(412, 'PreconditionFailed');
    this.objects.set(key, body);
    return { status: 200 };
  }

  #list(query: URLSearchParams): S3Answer {
    const prefix = query.get('prefix') ?? '';
    const after = query.get('start-after') ?? '';
    const { pageSize = 1_000 } = this.settings;
    const all = [...this.objects.keys()].filter((key) => key.startsWith(prefix) && key > after).sort();
    const page = all.slice(0, pageSize);
    const contents = page.map((key) => `<Contents><Key>${escapeXml(key)}</Key></Contents>`).join('');
    const isTruncated = all.length > page.length;
    const body = `<?xml version="1.0" encoding="UTF-8"?>\n<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><IsTruncated>${isTruncated}</IsTruncated>${contents}</ListBucketResult>`;
    return { status: 200, body };
  }
}
