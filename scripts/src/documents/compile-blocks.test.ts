import { sampleOf } from '@objectstack/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { AUTHORING_MISTAKES, PREAMBLE } from '../authoring/authoring-mistakes.js';
import { generatedTypeBlocks } from '../authoring/generated-type-blocks.js';
import { type Complaint, complaintsAbout, linesAbout } from './compile-blocks.js';
import { type CodeBlock, readDocuments } from './documents.js';

const FIRST = PREAMBLE.split('\n').length;
const code = PREAMBLE + AUTHORING_MISTAKES.map((mistake) => mistake.code).join('\n');

/** The compiler lists the members of a union in the order in which it has met them. */
const sorted = (text: string) =>
  text.replace(/'("[^']*" \| [^']*)'/g, (_, union: string) => `'${union.split(' | ').sort().join(' | ')}'`);

/** Whether the text is the pattern, in which `…` stands for anything. */
function matches(text: string, pattern: string): boolean {
  const [start = '', end] = sorted(pattern).split('…');
  const given = sorted(text);
  return end === undefined ? given === start : given.startsWith(start) && given.endsWith(end);
}

const WRONG = {
  document: 'wrong-example.md',
  line: 10,
  language: 'ts',
  code: "import { defineObject } from '@objectstack/spec/data';\n\ndefineObject({ nmae: 'x', fields: {} });",
};

/** The blocks of a document may import each other. `npx pnpm check-documents` compiles those of all documents. */
const shownIn = (documents: Awaited<ReturnType<typeof readDocuments>>): CodeBlock[] => {
  const blocksOf = (document: (typeof documents)[number]) =>
    document.blocks.filter(({ language }) => language === 'ts');
  return sampleOf(
    documents.filter((document) => blocksOf(document).length > 0),
    4,
  ).flatMap(blocksOf);
};

/** Of one program: compiling the packages takes longest. */
let all: Complaint[];
let complaints: Complaint[];
let complaintsAboutTypes: Complaint[];
let shown: readonly CodeBlock[];
let generated: readonly CodeBlock[];
beforeAll(async () => {
  shown = shownIn(await readDocuments());
  generated = await generatedTypeBlocks();
  const mistakes = { document: 'mistakes.md', line: 1, language: 'ts', code };
  all = complaintsAbout([mistakes, ...generated, ...shown, WRONG], 'source');
  complaints = all.filter(({ block }) => block === mistakes);
  complaintsAboutTypes = all.filter(({ block }) => generated.includes(block));
});

describe('documents', () => {
  it('show TypeScript that compiles', () => {
    expect(shown.length).toBeGreaterThan(3);
    const found = all.filter(({ block }) => shown.includes(block));
    expect(linesAbout(found)).toEqual([]);
  });
});

describe('complaintsAbout', () => {
  it('reports the position and the error', () => {
    const [complaint, ...others] = linesAbout(all.filter(({ block }) => block === WRONG));
    expect(complaint).toMatch(/^wrong-example\.md:12: .*nmae/);
    expect(others).toEqual([]);
  });
});

describe('definitions, bundles and typed calls', () => {
  it('have no other errors than the mistakes', () => {
    expect(complaints.filter(({ line }) => line < FIRST)).toEqual([]);
    expect(complaints).toHaveLength(AUTHORING_MISTAKES.length);
    expect(AUTHORING_MISTAKES.length).toBeGreaterThanOrEqual(30);
  });

  it.each(AUTHORING_MISTAKES.map((mistake, index) => ({ ...mistake, line: FIRST + index })))(
    'name $what in the first line of the message',
    ({ line, message }) => {
      const [first = ''] = complaints.find((complaint) => complaint.line === line)?.message.split('\n') ?? [];
      expect(first).toSatisfy((text: string) => matches(text, message), `is: ${message}`);
    },
  );
});

describe('generateTypes', () => {
  it('writes types that equal those of the definitions and that typed drivers accept', () => {
    const found = complaintsAboutTypes.filter(({ block }) => block.document !== 'wrong.md');
    expect(found.map(({ block, line, message }) => `${block.document}:${line} ${message}`)).toEqual([]);
  });

  it('writes types that are compared: a changed one is found', () => {
    const found = complaintsAboutTypes.filter(({ block }) => block.document === 'wrong.md');
    expect(found.map(({ message }) => message)).toEqual(["Type 'true' is not assignable to type 'false'."]);
  });
});
