import { stringify } from 'yaml';

export type ProjectFormat = 'yaml' | 'json' | 'ts';

/** A file of a new project, by its path in the project. */
type ProjectFiles = Readonly<Record<string, string>>;

const SCHEMAS = 'node_modules/@objectstack/spec/json-schema';

const NOTE = {
  name: 'note',
  label: 'Note',
  fields: {
    text: { type: 'text', required: true, maxLength: 500 },
    status: {
      type: 'select',
      options: [
        { label: 'Open', value: 'open' },
        { label: 'Done', value: 'done' },
      ],
      defaultValue: 'open',
    },
    due_date: { type: 'date' },
  },
};

const SEED = {
  object: 'note',
  externalId: 'text',
  mode: 'ignore',
  env: ['dev'],
  records: [
    { text: 'Call the dentist', due_date: '2026-12-01' },
    { text: 'Water the plants', status: 'done' },
  ],
};

interface Part {
  readonly path: string;
  readonly value: object;
  /** Name of the JSON Schema for editors, and of the type in TypeScript with its module. */
  readonly schema: string;
  readonly type: readonly [name: string, module: string];
}

const partsOf = (name: string): readonly [manifest: Part, ...others: Part[]] => [
  {
    path: 'manifest',
    value: { name, version: '0.1.0' },
    schema: 'DeployManifest',
    type: ['DeployManifestInput', '@objectstack/spec/system'],
  },
  {
    path: 'objects/note',
    value: NOTE,
    schema: 'ObjectDefinition',
    type: ['ObjectDefinition', '@objectstack/spec/data'],
  },
  {
    path: 'seeds/note',
    value: SEED,
    schema: 'SeedDataset',
    type: ['SeedDatasetInput', '@objectstack/spec/data'],
  },
];

const schemaPath = ({ path, schema }: Part): string =>
  `${'../'.repeat(path.split('/').length - 1)}${SCHEMAS}/${schema}.authoring.json`;

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** Properties without quotes where they need none, as people write them. */
const source = (value: unknown): string =>
  JSON.stringify(value, null, 2)
    .replace(/^( *)"(\w+)":/gm, '$1$2:')
    .replaceAll('"', "'");

const WRITERS: Readonly<Record<ProjectFormat, (part: Part) => string>> = {
  json: (part) => json({ $schema: schemaPath(part), ...part.value }),
  yaml: (part) => `# yaml-language-server: $schema=${schemaPath(part)}\n${stringify(part.value)}`,
  ts: ({ value, type: [name, module] }) =>
    `import type { ${name} } from '${module}';\n\nexport default ${source(value)} satisfies ${name};\n`,
};

type NamedFile = readonly [path: string, text: string];

/** The file of an object in a project. */
export function objectFile(value: { readonly name: string }, format: ProjectFormat): NamedFile {
  const part: Part = {
    path: `objects/${value.name}`,
    value,
    schema: 'ObjectDefinition',
    type: ['ObjectDefinition', '@objectstack/spec/data'],
  };
  return [`${part.path}.${format}`, WRITERS[format](part)];
}

/** The manifest of a project. */
export function manifestFile(name: string, format: ProjectFormat): NamedFile {
  const [part] = partsOf(name);
  return [`${part.path}.${format}`, WRITERS[format](part)];
}

const CONFIG = { bundle: '.', organization: 'default', dataPlane: { kind: 'local', dir: '.objectstack' } };

function configFile(format: ProjectFormat): ProjectFiles {
  if (format !== 'ts')
    return { 'objectstack.config.json': json({ $schema: `./${SCHEMAS}/CommandLineConfig.json`, ...CONFIG }) };
  const text = `import type { CommandLineConfigInput } from '@objectstack/spec/system';\n\nexport default ${source(CONFIG)} satisfies CommandLineConfigInput;\n`;
  return { 'objectstack.config.ts': text };
}

const readme = (name: string, format: ProjectFormat): string => `# ${name}

An application for ObjectStack.

- \`manifest.${format}\`: name and version. Increase the version with each release.
- \`objects/\`: one file for each object. Directories for \`views\`, \`flows\` and \`permissions\` can be added.
- \`seeds/\`: records that are written with a deployment; \`env\` limits them to environments.
- \`${Object.keys(configFile(format))[0]}\`: where tenants are stored. Without another setting, in \`.objectstack\`.

\`\`\`sh
objectstack dev       # watch the files, and deploy every safe change to a local tenant
objectstack validate  # check the files
objectstack plan      # show what a deployment would change
objectstack deploy    # deploy
\`\`\`
`;

/** The files of a new project. */
export function projectFiles(name: string, format: ProjectFormat): ProjectFiles {
  const parts = partsOf(name).map((part) => [`${part.path}.${format}`, WRITERS[format](part)]);
  const scripts = { dev: 'objectstack dev', validate: 'objectstack validate', deploy: 'objectstack deploy' };
  return {
    ...configFile(format),
    ...Object.fromEntries(parts),
    'package.json': json({ name, private: true, type: 'module', scripts }),
    'README.md': readme(name, format),
    '.gitignore': '.objectstack/\n.env\nnode_modules/\n',
  };
}
