import type { TursoDatabaseInfo, TursoDatabaseUsage } from '@objectstack/spec/data';
import * as z from 'zod';
import { type ApiAnswer, refusedAnswer } from './retrying-api-client.js';

const LOOPBACK = /^(127(\.\d{1,3}){3}|localhost|\[::1\])(:|\/|$)/;

/** A database as the Platform API reports it; only what is used is required. */
const DatabaseAnswerSchema = z.looseObject({
  Name: z.string().min(1),
  DbId: z.string().min(1),
  Hostname: z.string().min(1),
  group: z.string().nullish(),
  primaryRegion: z.string().nullish(),
  block_reads: z.boolean().nullish(),
  block_writes: z.boolean().nullish(),
  delete_protection: z.boolean().nullish(),
});
type DatabaseAnswer = z.infer<typeof DatabaseAnswerSchema>;

const UsageSchema = z.looseObject({
  rows_read: z.number().nullish(),
  rows_written: z.number().nullish(),
  storage_bytes: z.int().min(0),
});

/** Answers of the Platform API, by what they contain. */
export const TURSO_ANSWERS = {
  database: z.looseObject({ database: DatabaseAnswerSchema }),
  databases: z.looseObject({
    databases: z.array(DatabaseAnswerSchema),
    pagination: z.looseObject({ next: z.string().nullish() }).nullish(),
  }),
  token: z.looseObject({ jwt: z.string().min(1) }),
  /** The documentation says `total`; live answers had `usage`. */
  usage: z.looseObject({
    database: z
      .looseObject({ total: UsageSchema.nullish(), usage: UsageSchema.nullish() })
      .refine(({ total, usage }) => total != null || usage != null, { path: ['total'] }),
  }),
} as const;

/** The body of an answer. Throws `platform_refused` if it lacks what is used. */
export function readAnswer<T>({ status, body }: ApiAnswer, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const missing = parsed.error.issues[0]?.path.join('.') ?? '';
  throw refusedAnswer(status, `the response is not that of the Platform API (${missing})`);
}

/** A host on this machine has no certificate: only the emulator has such a one. */
const urlOf = (hostname: string) => `${LOOPBACK.test(hostname) ? 'http' : 'libsql'}://${hostname}`;

/** The usage in an answer. Throws `platform_refused` if it has none, which is not a usage of 0. */
export function toDatabaseUsage(answer: ApiAnswer): TursoDatabaseUsage {
  const { total, usage } = readAnswer(answer, TURSO_ANSWERS.usage).database;
  const { rows_read, rows_written, storage_bytes = 0 } = total ?? usage ?? {};
  return { rowsRead: rows_read ?? null, rowsWritten: rows_written ?? null, storageBytes: storage_bytes };
}

export function toDatabaseInfo(answer: DatabaseAnswer, group?: string): TursoDatabaseInfo {
  const { Name, DbId, Hostname, primaryRegion, block_reads, block_writes, delete_protection } = answer;
  const groupName = answer.group ?? group;
  return {
    name: Name,
    dbId: DbId,
    url: urlOf(Hostname),
    ...(groupName != null && { group: groupName }),
    ...(primaryRegion != null && { primaryLocation: primaryRegion }),
    ...(block_reads != null && { blockReads: block_reads }),
    ...(block_writes != null && { blockWrites: block_writes }),
    ...(delete_protection != null && { deleteProtection: delete_protection }),
  };
}
