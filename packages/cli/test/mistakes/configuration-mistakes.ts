import type { ErrorCode } from '@objectstack/spec/shared';
import { config, MANIFEST, type Mistake } from './mistake.js';

const configuration = (
  name: string,
  value: unknown,
  place: string,
  code: ErrorCode = 'configuration_invalid',
): Mistake => ({
  name,
  args: ['tenants', 'show', 'acme'],
  files: config(value),
  code,
  exit: 'usage',
  place,
});

const SECRET = 'eyJhbGciOiJIUzI1NiJ9';
const CLOUD = { kind: 'cloud', organizationSlug: 'acme', platformToken: { env: 'TURSO_PLATFORM_TOKEN' } };
const SERVER = {
  kind: 'server',
  url: 'https://{database}.example.com',
  adminUrl: 'http://127.0.0.1:1',
  sealingKey: { env: 'SEALING_KEY' },
};

export const CONFIGURATIONS: readonly Mistake[] = [
  {
    ...configuration('a configuration that is not JSON', {}, 'objectstack.config.json:1:'),
    files: { 'objectstack.config.json': '{ bundle }' },
  },
  configuration('a misspelled setting', { organizatoin: 'acme' }, 'objectstack.config.json:1:2'),
  configuration('an unknown data plane', { dataPlane: { kind: 'disk' } }, 'objectstack.config.json:1:15'),
  {
    ...configuration(
      'a secret in the file',
      { dataPlane: { ...CLOUD, platformToken: SECRET } },
      'Expected { "env": "NAME" }',
    ),
    secret: SECRET,
  },
  {
    ...configuration('a secret in a file that is not JSON', {}, 'objectstack.config.json:2:'),
    files: { 'objectstack.config.json': `{ "platformToken": "${SECRET}",\n  bundle }` },
    secret: SECRET,
  },
  {
    ...configuration('a configuration in TypeScript that throws', {}, 'objectstack.config.ts:2:'),
    files: {
      'objectstack.config.ts': `const platformToken = '${SECRET}';\nexport default { platformToken: '${SECRET}', ...absent };`,
    },
    secret: SECRET,
  },
  configuration(
    'a secret that is not set',
    { dataPlane: CLOUD },
    'TURSO_PLATFORM_TOKEN',
    'configuration_incomplete',
  ),
  configuration(
    'a secret of a store',
    { dataPlane: { ...CLOUD, platformToken: { secret: 'turso' } } },
    'platformToken',
  ),
  configuration(
    'a sealing key that is not set',
    { dataPlane: SERVER },
    'SEALING_KEY',
    'configuration_incomplete',
  ),
  {
    ...configuration('a sealing key that is too short', { dataPlane: SERVER }, 'SEALING_KEY'),
    variables: { SEALING_KEY: 'c2hvcnQ=' },
  },
  {
    ...configuration(
      'a registry URL of another database',
      { registry: { connectionString: { env: 'DATABASE_URL' } } },
      'connectionString',
    ),
    variables: { DATABASE_URL: 'mysql://localhost/x' },
  },
  {
    name: 'a data directory that is a file',
    args: ['tenants', 'list', '--dir', 'manifest.yaml'],
    files: MANIFEST,
    code: 'configuration_invalid',
    exit: 'usage',
    place: 'data directory',
  },
  {
    ...configuration(
      'a registry behind a closed port',
      { registry: { connectionString: { env: 'DATABASE_URL' } } },
      'registry',
      'database_unreachable',
    ),
    variables: { DATABASE_URL: 'postgresql://user:password@127.0.0.1:1/registry' },
    exit: 'unreachable',
  },
];
