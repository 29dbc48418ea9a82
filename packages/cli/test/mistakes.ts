import type { ErrorCode, ExitClass } from '@objectstack/spec/shared';

/** A mistake of a person, and the answer of the command line. */
export interface Mistake {
  readonly name: string;
  readonly args: readonly string[];
  /** Files of the current directory, by path. */
  readonly files?: Readonly<Record<string, string>>;
  readonly variables?: Readonly<Record<string, string>>;
  readonly stdin?: string;
  readonly code: ErrorCode;
  readonly exit: ExitClass;
  /** Part of the answer that says where the mistake is. */
  readonly place: string;
}

const MANIFEST = { 'manifest.yaml': 'version: 1.0.0\n' };
const note = (fields: string) => ({ ...MANIFEST, 'objects/note.yaml': `name: note\nfields:\n${fields}` });
const config = (value: unknown) => ({ 'objectstack.config.json': JSON.stringify(value) });

const usage = (name: string, args: readonly string[], place: string): Mistake => ({
  name,
  args,
  code: 'invalid_request',
  exit: 'usage',
  place,
});

const bundle = (name: string, files: Readonly<Record<string, string>>, place: string): Mistake => ({
  name,
  args: ['deploy'],
  files,
  code: 'invalid_bundle',
  exit: 'invalid',
  place,
});

const configuration = (
  name: string,
  value: unknown,
  place: string,
  code: ErrorCode = 'configuration_invalid',
): Mistake => ({
  name,
  args: ['tenants', 'list'],
  files: config(value),
  code,
  exit: 'usage',
  place,
});

const data = (name: string, args: readonly string[], answer: Omit<Mistake, 'name' | 'args'>): Mistake => ({
  name,
  args: ['data', ...args],
  ...answer,
});

const CLOUD = { kind: 'cloud', organizationSlug: 'acme', platformToken: { env: 'TURSO_PLATFORM_TOKEN' } };
const SERVER = {
  kind: 'server',
  url: 'https://{database}.example.com',
  adminUrl: 'http://127.0.0.1:1',
  sealingKey: { env: 'SEALING_KEY' },
};

const COMMAND_LINE: readonly Mistake[] = [
  usage('no command', [], 'command is missing'),
  usage('a misspelled command', ['deplyo'], 'Did you mean deploy?'),
  usage('a misspelled command of a group', ['tenants', 'lst'], 'Did you mean list?'),
  usage('a group without a command', ['tenants'], 'command is missing'),
  usage('a misspelled option', ['deploy', '--alow', 'x'], 'Did you mean --allow?'),
  usage('an option without its value', ['plan', '--out'], '--out'),
  usage('a missing argument', ['data', 'query'], 'object'),
  usage('an additional argument', ['validate', 'a', 'b'], 'Expected 1 argument'),
  usage('an unknown format', ['init', 'x', '--format', 'xml'], '--format'),
  usage('an unknown status', ['tenants', 'list', '--status', 'running'], '--status'),
  usage('an unknown shell', ['completion', 'powershell'], 'powershell'),
  usage('a limit that is not a number', ['history', '--limit', 'ten'], '--limit'),
  usage('a limit that is too high', ['tenants', 'list', '--limit', '1000'], '--limit'),
  usage('a batch of no records', ['data', 'import', 'note', '--batch', '0'], '--batch'),
  usage(
    'a filter without quotes for the shell',
    ['data', 'query', 'note', '--where', '{done:false}'],
    '--where',
  ),
  usage('a record that is not JSON', ['data', 'insert', 'note', '{text}'], 'The record'),
  usage('a record that is a list', ['data', 'insert', 'note', '[]'], 'The record'),
  usage('an empty SQL statement', ['sql', ';'], 'SQL'),
];

const FILES: readonly Mistake[] = [
  {
    name: 'a bundle file that does not exist',
    args: ['validate', 'bundel.json'],
    code: 'invalid_request',
    exit: 'not_found',
    place: 'bundel.json',
  },
  {
    name: 'a directory without a manifest',
    args: ['deploy'],
    code: 'invalid_request',
    exit: 'not_found',
    place: 'manifest.json',
  },
  {
    name: 'a plan that does not exist',
    args: ['deploy', 'plan.json'],
    code: 'invalid_request',
    exit: 'not_found',
    place: 'plan.json',
  },
  {
    name: 'a plan that is not one',
    args: ['deploy', 'plan.json'],
    files: { 'plan.json': '{}' },
    code: 'invalid_plan',
    exit: 'invalid',
    place: 'plan',
  },
  {
    name: 'a configuration file that does not exist',
    args: ['tenants', 'list', '-c', 'config.json'],
    code: 'invalid_request',
    exit: 'not_found',
    place: 'config.json',
  },
  {
    name: 'an import file that does not exist',
    args: ['data', 'import', 'note', 'notes.csv'],
    code: 'invalid_request',
    exit: 'not_found',
    place: 'notes.csv',
  },
  {
    name: 'a project over another one',
    args: ['init'],
    files: MANIFEST,
    code: 'invalid_request',
    exit: 'conflict',
    place: 'manifest.yaml',
  },
  {
    name: 'a module without a default export',
    args: ['validate', 'bundle.mjs'],
    files: { 'bundle.mjs': 'export const bundle = {};\n' },
    code: 'invalid_bundle',
    exit: 'invalid',
    place: 'bundle.mjs:1:1',
  },
  {
    name: 'a module with a syntax error',
    args: ['validate', 'bundle.ts'],
    files: { 'bundle.ts': 'export default {\n  manifest: {,\n};\n' },
    code: 'invalid_bundle',
    exit: 'invalid',
    place: 'bundle.ts:2:14',
  },
  {
    name: 'a module that throws',
    args: ['validate', 'bundle.ts'],
    files: { 'bundle.ts': "const a = 1;\nthrow new Error('no');\nexport default a;\n" },
    code: 'invalid_bundle',
    exit: 'invalid',
    place: 'bundle.ts:2:',
  },
];

const BUNDLES: readonly Mistake[] = [
  bundle(
    'JSON with a missing value',
    { ...MANIFEST, 'objects/note.json': '{\n  "name":\n}' },
    'objects/note.json:3:1',
  ),
  bundle(
    'JSON with a key twice',
    { ...MANIFEST, 'objects/note.json': '{\n  "name": "note",\n  "name": "memo"\n}' },
    'objects/note.json:3:3',
  ),
  bundle(
    'YAML with a tab',
    { ...MANIFEST, 'objects/note.yaml': 'name: note\nfields:\n\ttext: 1\n' },
    'objects/note.yaml:3:',
  ),
  bundle('an unknown field type', note('  text: { type: txt }\n'), 'objects/note.yaml:3:11'),
  bundle(
    'a misspelled key of a field',
    note('  text: { type: text, requird: true }\n'),
    'objects/note.yaml:3:23',
  ),
  bundle('a lookup without a reference', note('  owner: { type: lookup }\n'), 'objects/note.yaml:3:'),
  bundle(
    'a default value of another type',
    note('  done: { type: boolean, defaultValue: maybe }\n'),
    'objects/note.yaml:3:',
  ),
  bundle(
    'a name that is reserved',
    { ...MANIFEST, 'objects/note.yaml': 'name: _os_note\nfields: {}\n' },
    'objects/note.yaml:1:1',
  ),
  bundle(
    'an object twice',
    { ...note('  text: { type: text }\n'), 'objects/other.yaml': 'name: note\nfields: {}\n' },
    'objects/other.yaml:1:1',
  ),
  bundle('a version that is not one', { 'manifest.yaml': 'version: first\n' }, 'manifest.yaml:1:1'),
  bundle('a manifest without a version', { 'manifest.yaml': 'name: crm\n' }, 'manifest.yaml:1:1'),
  bundle(
    'seed data of an unknown field',
    {
      ...note('  text: { type: text }\n'),
      'seeds/note.yaml': 'object: note\nexternalId: text\nrecords:\n  - txt: one\n',
    },
    'seeds/note.yaml:4:',
  ),
  bundle(
    'a file that is a list',
    { ...MANIFEST, 'objects/note.yaml': '- name: note\n' },
    'objects/note.yaml:1:1',
  ),
  bundle(
    'a mistake in TypeScript',
    {
      ...MANIFEST,
      'objects/note.ts': "export default {\n  name: 'note',\n  fields: { text: { type: 'txt' } },\n};\n",
    },
    'objects/note.ts:3:21',
  ),
  bundle(
    'a newer protocol in one file',
    { 'manifest.yaml': 'version: 1.0.0\n', 'objects/note.yaml': 'fields: {}\n' },
    'objects/note.yaml:1:1',
  ),
];

const CONFIGURATIONS: readonly Mistake[] = [
  {
    ...configuration('a configuration that is not JSON', {}, 'objectstack.config.json:1:'),
    files: { 'objectstack.config.json': '{ bundle }' },
    code: 'invalid_bundle',
    exit: 'invalid',
  },
  configuration('a misspelled setting', { organizatoin: 'acme' }, 'objectstack.config.json:1:2'),
  configuration('an unknown data plane', { dataPlane: { kind: 'disk' } }, 'objectstack.config.json:1:15'),
  configuration(
    'a secret in the file',
    { dataPlane: { ...CLOUD, platformToken: 'eyJhbGciOi' } },
    'platformToken',
  ),
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
    ...configuration('a sealing key that is too short', { dataPlane: SERVER }, 'key'),
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
    place: 'data folder',
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

const RECORDS: readonly Mistake[] = [
  {
    name: 'a tenant that does not exist',
    args: ['plan', '-t', 'absent', '--bundle', '../home'],
    code: 'tenant_not_found',
    exit: 'not_found',
    place: 'absent',
  },
  {
    name: 'an organization without tenants',
    args: ['history', '--organization', 'absent'],
    code: 'tenant_not_found',
    exit: 'not_found',
    place: 'absent',
  },
  {
    name: 'a deployment that does not exist',
    args: ['rollback', 'nothing'],
    code: 'deployment_not_found',
    exit: 'not_found',
    place: 'deployment',
  },
  {
    name: 'an unknown subscription plan',
    args: ['tenants', 'plan', 'gold'],
    code: 'invalid_request',
    exit: 'invalid',
    place: 'plan',
  },
  {
    name: 'a slug with a space',
    args: ['tenants', 'rename', 'my tenant'],
    code: 'invalid_request',
    exit: 'invalid',
    place: 'slug',
  },
  {
    name: 'a cursor that no page contained',
    args: ['tenants', 'list', '--cursor', 'next'],
    code: 'invalid_request',
    exit: 'invalid',
    place: 'cursor',
  },
  {
    name: 'a database that does not exist',
    args: ['tenants', 'adopt', 't-nothing'],
    code: 'database_not_found',
    exit: 'not_found',
    place: 'database',
  },
  {
    name: 'SQL that writes',
    args: ['sql', 'DELETE FROM note'],
    code: 'not_allowed',
    exit: 'refused',
    place: 'read',
  },
  {
    name: 'SQL with an unknown table',
    args: ['sql', 'SELECT * FROM absent'],
    code: 'sql_error',
    exit: 'failure',
    place: 'no such table',
  },
  {
    name: 'SQL that leaves the database',
    args: ['sql', "ATTACH 'x.db' AS x"],
    code: 'not_allowed',
    exit: 'refused',
    place: 'ATTACH',
  },
  data('a misspelled object', ['query', 'nite'], {
    code: 'object_not_found',
    exit: 'not_found',
    place: 'Did you mean note?',
  }),
  data('a misspelled field of a filter', ['query', 'note', '--where', '{"txt":"x"}'], {
    code: 'invalid_filter',
    exit: 'invalid',
    place: '/where/txt',
  }),
  data('a misspelled field of the order', ['query', 'note', '--order-by', 'txt'], {
    code: 'invalid_query',
    exit: 'invalid',
    place: '/orderBy/0',
  }),
  data('a record without a required value', ['insert', 'note', '{}'], {
    code: 'validation_failed',
    exit: 'invalid',
    place: '"field":"text"',
  }),
  data('a record with a misspelled field', ['insert', 'note', '{"text":"a","strs":1}'], {
    code: 'validation_failed',
    exit: 'invalid',
    place: '"field":"strs"',
  }),
  data('an imported line that is not JSON', ['import', 'note'], {
    stdin: '{"text":"a"}\n{text}\n',
    code: 'invalid_request',
    exit: 'invalid',
    place: 'standard input:2',
  }),
  data('a CSV with an unknown column', ['import', 'note', 'n.csv'], {
    files: { 'n.csv': 'txt\na\n' },
    code: 'invalid_request',
    exit: 'usage',
    place: 'txt',
  }),
  data('a CSV with a missing cell', ['import', 'note', 'n.csv'], {
    files: { 'n.csv': 'text,stars\na\n' },
    code: 'invalid_request',
    exit: 'invalid',
    place: 'n.csv:2',
  }),
];

/** Mistakes of people who use the command line, each with the answer. */
export const MISTAKES: readonly Mistake[] = [
  ...COMMAND_LINE,
  ...FILES,
  ...BUNDLES,
  ...CONFIGURATIONS,
  ...RECORDS,
];
