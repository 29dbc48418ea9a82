import { parseArgs } from 'node:util';
import type { BucketBackup } from './bucket-backup.js';
import type { TursoEmulatorOptions } from './start-turso-emulator.js';

const HELP = `Usage: turso-emulator [options]

Turso's Platform API on this machine, in front of a real libSQL server.

Options:
  --dir <directory>            directory of the databases (default: .turso-emulator)
  --port <number>              port on the loopback interface; 0 for a free one (default: 8787)
  --organization <slug>        slug of the organization (default: emulator)
  --token <token>              token of the Platform API (default: emulator-token)
  --served-after-ms <number>   time after its creation from which a database answers (default: 0)
  --backup-endpoint <url>      S3 server to which the databases are copied continuously, so that a database can be
                               created with the state of an earlier time
  --backup-bucket <name>       existing bucket of that server
  --backup-region <region>     region of the bucket (default: us-east-1)
  --backup-interval <seconds>  seconds after which writes are copied at the latest (default: 15)
  -h, --help                   show this help

Environment:
  AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY   credentials of the bucket

Examples:
  $ turso-emulator --dir ./databases --port 8080
  $ turso-emulator --backup-endpoint http://127.0.0.1:9000 --backup-bucket emulator`;

const text = (byDefault: string) => ({ type: 'string', default: byDefault }) as const;

const OPTIONS = {
  dir: text('.turso-emulator'),
  port: text('8787'),
  organization: text('emulator'),
  token: text('emulator-token'),
  'served-after-ms': text('0'),
  'backup-endpoint': { type: 'string' },
  'backup-bucket': { type: 'string' },
  'backup-region': text('us-east-1'),
  'backup-interval': text('15'),
  help: { type: 'boolean', short: 'h', default: false },
} as const;

type Values = ReturnType<typeof parseArgs<{ options: typeof OPTIONS }>>['values'];
type Variables = Readonly<Record<string, string | undefined>>;

/** What the command does: it prints a text, or starts an emulator. */
export type CommandLine =
  | { readonly text: string; readonly isMistake: boolean }
  | { readonly options: TursoEmulatorOptions & { readonly dir: string; readonly port: number } };

function wholeNumber(
  values: Values,
  name: 'port' | 'served-after-ms' | 'backup-interval',
  most: number,
): number {
  const number = /^\d+$/.test(values[name]) ? Number(values[name]) : Number.NaN;
  if (number <= most) return number;
  throw new Error(`--${name} must be a whole number from 0 to ${most}`);
}

function backupOf(values: Values, variables: Variables): BucketBackup | undefined {
  const { 'backup-endpoint': endpoint, 'backup-bucket': bucket, 'backup-region': region } = values;
  if (endpoint === undefined && bucket === undefined) return undefined;
  if (endpoint === undefined || bucket === undefined)
    throw new Error('--backup-endpoint and --backup-bucket are needed together');
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = variables;
  if (!accessKeyId || !secretAccessKey)
    throw new Error('a backup needs the variables AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY');
  const intervalSeconds = wholeNumber(values, 'backup-interval', 86_400);
  return { endpoint, bucket, region, accessKeyId, secretAccessKey, intervalSeconds };
}

/** The meaning of the arguments and variables of the command `turso-emulator`. */
export function parseCommandLine(args: readonly string[], variables: Variables): CommandLine {
  try {
    const { values } = parseArgs({ args: [...args], options: OPTIONS });
    if (values.help) return { text: HELP, isMistake: false };
    const backup = backupOf(values, variables);
    return {
      options: {
        dir: values.dir,
        port: wholeNumber(values, 'port', 65_535),
        organizationSlug: values.organization,
        platformTokens: [{ token: values.token }],
        servedAfterMs: wholeNumber(values, 'served-after-ms', 3_600_000),
        ...(backup && { backup }),
      },
    };
  } catch (error) {
    const { message } = error as Error;
    return { text: `${message}.\n\nNext: turso-emulator --help`.replace('..', '.'), isMistake: true };
  }
}
