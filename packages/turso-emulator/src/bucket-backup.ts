import type { SqldServerOptions } from './sqld-server.js';

const DEFAULT_INTERVAL_SECONDS = 15;

/** Existing bucket of an S3 server, to which a libSQL server copies its databases and its list of them continuously. */
export interface BucketBackup {
  /** URL of the S3 server. */
  readonly endpoint: string;
  readonly bucket: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Begin of the keys in the bucket. Several servers may use one bucket. Absent: `emulator`. */
  readonly serverName?: string;
  /** Seconds after which writes are copied at the latest. Absent: 15, as on Turso Cloud. */
  readonly intervalSeconds?: number;
}

/** The settings that the guide to production lists. */
export function bucketBackupOptions({
  endpoint,
  bucket,
  region,
  accessKeyId,
  secretAccessKey,
  serverName = 'emulator',
  intervalSeconds = DEFAULT_INTERVAL_SECONDS,
}: BucketBackup): Pick<SqldServerOptions, 'args' | 'env'> {
  return {
    args: ['--enable-bottomless-replication', '--backup-meta-store'],
    env: {
      LIBSQL_BOTTOMLESS_DATABASE_ID: serverName,
      LIBSQL_BOTTOMLESS_ENDPOINT: endpoint,
      LIBSQL_BOTTOMLESS_BUCKET: bucket,
      LIBSQL_BOTTOMLESS_AWS_ACCESS_KEY_ID: accessKeyId,
      LIBSQL_BOTTOMLESS_AWS_SECRET_ACCESS_KEY: secretAccessKey,
      LIBSQL_BOTTOMLESS_AWS_DEFAULT_REGION: region,
      LIBSQL_BOTTOMLESS_BATCH_INTERVAL_SECS: String(intervalSeconds),
      SQLD_META_STORE_BACKUP_ID: `${serverName}-meta`,
      SQLD_META_STORE_BUCKET_ENDPOINT: endpoint,
      SQLD_META_STORE_BUCKET_NAME: bucket,
      SQLD_META_STORE_ACCESS_KEY_ID: accessKeyId,
      SQLD_META_STORE_SECRET_ACCESS: secretAccessKey,
      SQLD_META_STORE_REGION: region,
      SQLD_META_STORE_BACKUP_INTERVAL_S: '1',
    },
  };
}
