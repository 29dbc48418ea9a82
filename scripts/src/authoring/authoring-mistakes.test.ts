import { beforeAll, describe, expect, it } from 'vitest';
import { type Complaint, complaintsAbout } from '../documents/compile-blocks.js';
import { AUTHORING_MISTAKES, PREAMBLE } from './authoring-mistakes.js';
import { generatedTypeBlocks } from './generated-type-blocks.js';

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

/** Of one program: compiling the packages takes longest. */
let complaints: Complaint[];
let complaintsAboutTypes: Complaint[];
beforeAll(async () => {
  const generated = await generatedTypeBlocks();
  const mistakes = { document: 'mistakes.md', line: 1, language: 'ts', code };
  const all = complaintsAbout([mistakes, ...generated], 'source');
  complaints = all.filter(({ block }) => block === mistakes);
  complaintsAboutTypes = all.filter(({ block }) => block !== mistakes);
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
