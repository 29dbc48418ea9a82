import { ObjectStackError } from '@objectstack/spec/shared';
import * as z from 'zod';
import { type Clock, systemClock } from '../shared/clock.js';
import { whileReadingInput } from '../shared/while-reading-input.js';

/** Access key of the S3 API. */
export interface S3Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Token of temporary credentials. */
  readonly sessionToken?: string | undefined;
}

export interface S3BundleStoreOptions {
  /**
   * URL of the S3 API, without the bucket: for example `https://s3.eu-central-1.amazonaws.com`, or
   * `https://<account>.r2.cloudflarestorage.com`.
   */
  readonly endpoint: string;
  /** Region of the bucket; `auto` for R2. */
  readonly region: string;
  /** Name of the bucket, which must exist. */
  readonly bucket: string;
  /** Prefix of every key, for a bucket that also contains other objects. Absent: `bundles`. */
  readonly prefix?: string | undefined;
  /** Credentials, or a function that returns them for each request. */
  readonly credentials: S3Credentials | (() => S3Credentials | Promise<S3Credentials>);
  /** Maximum duration of one call with all its attempts, in milliseconds. Absent: 60,000. */
  readonly timeoutMs?: number | undefined;
  /** Maximum duration of one attempt of a request, in milliseconds. Absent: 15,000. */
  readonly attemptTimeoutMs?: number | undefined;
  /** Maximum number of retries of a request. Absent: 4. */
  readonly maxRetries?: number | undefined;
  /** Clock that determines when a bundle was used. Absent: the system clock. */
  readonly clock?: Clock | undefined;
}

const isEndpoint = (text: string) => {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password, pathname, search, hash } = new URL(text);
  const isPlain = `${username}${password}${search}${hash}` === '' && !pathname.includes('//');
  return isPlain && /^https?:$/.test(protocol);
};

const duration = z.int().min(1).max(3_600_000);

/** Printable ASCII, as HTTP headers require. */
const secret = z.string().regex(/^[\x21-\x7e]+$/);

/** Providers of credentials return more, such as the time at which they expire. */
export const S3CredentialsSchema = z.object({
  accessKeyId: secret,
  secretAccessKey: secret,
  sessionToken: secret.optional(),
});

const OptionsSchema = z.strictObject({
  endpoint: z.string().refine(isEndpoint),
  region: z.string().regex(/^[a-z0-9-]{1,64}$/),
  bucket: z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/),
  prefix: z
    .string()
    .max(512)
    .regex(/^[A-Za-z0-9_-][A-Za-z0-9._-]*(\/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$/)
    .default('bundles'),
  credentials: z.union([S3CredentialsSchema, z.instanceof(Function)]),
  timeoutMs: duration.default(60_000),
  attemptTimeoutMs: duration.default(15_000),
  maxRetries: z.int().min(0).max(20).default(4),
  clock: z.looseObject({ now: z.instanceof(Function) }).optional(),
});

/** The options with their defaults. */
export interface S3Settings extends Omit<z.infer<typeof OptionsSchema>, 'credentials' | 'clock'> {
  readonly credentials: S3BundleStoreOptions['credentials'];
  readonly clock: Clock;
}

const REQUIRED = ['endpoint', 'region', 'bucket', 'credentials'] as const;

const invalid = (settings: readonly string[]) =>
  new ObjectStackError({
    code: 'configuration_invalid',
    message: `These options of s3BundleStore are not valid: ${settings.join(', ')}. The documentation of S3BundleStoreOptions describes them.`,
    details: { settings: [...settings] },
  });

type Complete = Pick<S3BundleStoreOptions, (typeof REQUIRED)[number]>;

function assertComplete<T extends Partial<Complete>>(options: T): asserts options is T & Complete {
  const missing = REQUIRED.filter((name) => options[name] === undefined);
  if (missing.length === 0) return;
  throw new ObjectStackError({
    code: 'configuration_incomplete',
    message: `s3BundleStore lacks these options: ${missing.join(', ')}.`,
    details: { missing },
  });
}

/** The options with their defaults. Throws `configuration_incomplete` and `configuration_invalid`. */
export function readS3Options(candidate: unknown): S3Settings {
  return whileReadingInput(
    () => invalid(['options']),
    () => {
      const options: Partial<S3BundleStoreOptions> = { ...(candidate as S3BundleStoreOptions | undefined) };
      assertComplete(options);
      const parsed = OptionsSchema.safeParse(options);
      if (!parsed.success) throw invalid(namesOf(parsed.error));
      const { clock = systemClock } = options;
      return { ...parsed.data, credentials: ownCredentials(options.credentials), clock };
    },
  );
}

/** A copy, so that a later change by the caller has no effect. */
function ownCredentials(credentials: S3Settings['credentials']): S3Settings['credentials'] {
  return typeof credentials === 'function' ? credentials : { ...credentials };
}

/** Names of the options with issues; an unknown option is named by itself. */
function namesOf({ issues }: z.ZodError): string[] {
  const names = issues.flatMap((issue) =>
    issue.path.length === 0 && issue.code === 'unrecognized_keys' ? issue.keys : [String(issue.path[0])],
  );
  return [...new Set(names)];
}
