import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DiagramOutputSchema } from '@objectstack/spec/system';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCommand } from './run-command.js';

const V1 = [
  {
    name: 'account',
    fields: { name: { type: 'text', required: true }, owner: { type: 'lookup', reference: 'person' } },
  },
  { name: 'person', fields: { email: { type: 'email', unique: true }, boss: { type: 'tree' } } },
  { name: 'legacy', fields: { account: { type: 'lookup', reference: 'account' } } },
];
const V2 = [
  {
    name: 'account',
    fields: {
      title: { type: 'text', required: true, renamedFrom: 'name' },
      owner: { type: 'lookup', reference: 'person' },
      since: { type: 'date' },
    },
    stateMachines: {
      'life "cycle"': {
        id: 'life',
        initial: 'new',
        states: {
          new: { on: { 'GO"; </style><script>alert(1)</script>': 'open' } },
          open: {
            initial: 'busy',
            states: { busy: { on: { WAIT: 'idle' } }, idle: {} },
            on: { END: '#life.done' },
          },
          done: { type: 'final', on: { BACK: 'nowhere' } },
        },
      },
      broken: { states: 5 },
    },
    validations: [
      {
        type: 'state_machine',
        name: 'title_flow',
        field: 'title',
        message: 'no',
        transitions: { a: ['b'], b: [] },
      },
    ],
  },
  { name: 'person', fields: { email: { type: 'email', unique: true }, boss: { type: 'tree' } } },
  { name: 'invoice', fields: { account: { type: 'master_detail', reference: 'account', required: true } } },
];

/** Every element is closed, and all text is escaped: what a strict reader of XML requires of these pictures. */
function wellFormed(svg: string): string[] {
  const open: string[] = [];
  const names: string[] = [];
  for (const [tag, slash, name = '', attributes = ''] of svg.matchAll(/<(\/?)([a-zA-Z]+)([^<>]*)>/g)) {
    if (slash) expect(open.pop(), tag).toBe(name);
    else {
      expect(attributes.replace(/\/$/, '')).toMatch(/^(?: [a-zA-Z-]+="[^"<&]*(?:&[a-z#0-9]+;[^"<&]*)*")*$/);
      names.push(name);
      if (!attributes.endsWith('/')) open.push(name);
    }
  }
  expect(open).toEqual([]);
  const text = svg.replace(/<[^<>]*>/g, '').replace(/&(?:amp|lt|gt|quot|#39);/g, '');
  expect(text).not.toMatch(/[<>&]/);
  return [...new Set(names)].sort();
}

let cwd: string;
const draw = (...args: string[]) => runCommand(cwd, ['diagram', ...args]);
const svgOf = async (...args: string[]) => {
  const { code, stdout, stderr } = await draw(...args);
  expect([code, stderr]).toEqual([0, '']);
  wellFormed(stdout);
  return stdout;
};

beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'objectstack-'));
  const bundle = (version: string, objects: unknown) => JSON.stringify({ manifest: { version }, objects });
  await writeFile(join(cwd, 'v1.json'), bundle('1.0.0', V1));
  await writeFile(join(cwd, 'v2.json'), bundle('2.0.0', V2));
  const fields = { text: { type: 'text' } };
  const many = Array.from({ length: 40 }, (_, index) => ({
    name: `object_${index}`,
    fields: {
      ...Object.fromEntries(
        Array.from({ length: index === 7 ? 60 : 3 }, (__, field) => [`field_${field}`, fields.text]),
      ),
      [`a_name_that_is_much_longer_than_a_box_should_be_${index}`]: { type: 'text' },
      ...(index > 0 && { parent: { type: 'lookup', reference: `object_${Math.floor(index / 3)}` } }),
    },
  }));
  await writeFile(join(cwd, 'many.json'), bundle('1.0.0', many));
});
afterAll(() => rm(cwd, { recursive: true, force: true }));

describe('diagram', () => {
  it('draws objects, fields and references without a browser', async () => {
    const svg = await svgOf('v1.json');
    expect(wellFormed(svg)).toEqual(['circle', 'g', 'path', 'rect', 'style', 'svg', 'text', 'title']);
    for (const text of ['account', 'name *', 'email unique', 'lookup', 'Objects of v1.json'])
      expect(svg).toContain(`>${text}<`);
    // account → person, person → person, legacy → account.
    expect(svg.match(/class="edge loose"/g)).toHaveLength(3);
    expect(svg).toContain('prefers-color-scheme:dark');
    expect(await svgOf('v1.json')).toBe(svg);
  });

  it('marks everything that two versions differ in', async () => {
    const svg = await svgOf('v1.json', 'v2.json', '--theme', 'dark');
    for (const text of ['+ invoice', '- legacy', '~ account', 'title (was name) *', 'person'])
      expect(svg).toContain(`>${text}<`);
    expect(svg).toMatch(
      /<g class="added"><rect class="line"[^>]*\/><text class="name"[^>]*>\+<\/text><text[^>]*>since</,
    );
    expect(svg).not.toContain('prefers-color-scheme');
    const { stdout } = await draw('v1.json', 'v2.json', '--format', 'mermaid');
    expect(stdout.split('\n')).toEqual(
      expect.arrayContaining([
        'erDiagram',
        '    date since "+"',
        '  "account" ||--o{ "invoice" : "+ account"',
        '  "account" |o..o{ "legacy" : "- account"',
        '  %% removed: legacy',
      ]),
    );
  });

  it('draws state machines and rules of transitions, and escapes hostile names', async () => {
    const svg = await svgOf('v2.json', '--states');
    expect(svg).toContain('account: life &quot;cycle&quot;');
    expect(svg).toContain('GO&quot;; &lt;/style&gt;&lt;script&gt;');
    expect(svg).not.toContain('<script');
    for (const text of ['busy', 'nowhere (undefined)', 'account.title']) expect(svg).toContain(`>${text}<`);
    const { stdout } = await draw('v2.json', '--states', '--format', 'mermaid');
    expect(stdout).toMatch(/^stateDiagram-v2\n/);
    expect(stdout).toContain('GO#34;#59; #60;/style#62;#60;script#62;alert(1)#60;/script#62;');
    expect(stdout).toMatch(/state "account#58; life #34;cycle#34;" as s\d+ \{/);
    expect(stdout.match(/\[\*\] --> s\d+/g)).toHaveLength(2);
  });

  it('draws 40 objects with long names and many fields, in boxes that do not overlap', async () => {
    const svg = await svgOf('many.json');
    const boxes = [
      ...svg.matchAll(/<rect class="box" x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"/g),
    ].map(([, ...numbers]) => numbers.map(Number) as [number, number, number, number]);
    expect(boxes).toHaveLength(40);
    for (const [index, [x, y, width, height]] of boxes.entries())
      for (const [left, top, w, h] of boxes.slice(index + 1))
        expect(x + width <= left || left + w <= x || y + height <= top || top + h <= y).toBe(true);
    expect(svg).toContain('… and 22 more');
    expect(svg).toContain('a_name_that_is_much_longer_than_a_b…');
    expect(svg).toContain('<title>a_name_that_is_much_longer_than_a_box_should_be_39</title>');
  });

  it('writes a file, and describes it for programs', async () => {
    const written = await draw('v2.json', '--object', 'account', '--out', 'pictures/v2.svg', '--json');
    expect(DiagramOutputSchema.parse(JSON.parse(written.stdout))).toEqual({
      kind: 'objects',
      format: 'svg',
      nodes: 1,
      edges: 0,
      file: join(cwd, 'pictures/v2.svg'),
    });
    wellFormed(await readFile(join(cwd, 'pictures/v2.svg'), 'utf8'));
    const source = await draw('v2.json', '--format', 'mermaid', '--json');
    expect(DiagramOutputSchema.parse(JSON.parse(source.stdout))).toMatchObject({ kind: 'objects', edges: 3 });
  });

  it('rejects an unknown object, and states of two versions', async () => {
    expect(await draw('v1.json', '--object', 'none')).toMatchObject({ code: 6, stdout: '' });
    expect(await draw('v1.json', 'v2.json', '--states')).toMatchObject({ code: 2, stdout: '' });
  });
});
