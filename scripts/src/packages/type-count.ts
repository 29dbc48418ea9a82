import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { readDocuments } from '../documents/documents.js';
import { programOf } from './type-check.js';

/** Maximum number of types that the first example of the README may create, as a multiple of bare Zod. */
const MOST = 2;

const BARE_ZOD = `import * as z from 'zod';
const NoteSchema = z.object({ text: z.string(), done: z.boolean().default(false) });
console.log(NoteSchema.parse({ text: 'call the dentist' }).text);
`;

/** Number of types that the compiler creates for a file and all declarations behind it. */
function countTypes(project: string, name: string, code: string): number {
  const file = join(project, `${name}.ts`);
  writeFileSync(file, code);
  const program = programOf(project, file, 'node16');
  const problems = ts.getPreEmitDiagnostics(program);
  if (problems.length > 0) throw new Error(`${name} does not compile: ${problems.length} errors`);
  return program.getTypeCount();
}

/** A problem if the declarations of the packages create more types than allowed. */
export async function compareTypeCounts(project: string): Promise<string[]> {
  const blocks = (await readDocuments()).flatMap(({ blocks }) => blocks);
  const example = blocks.find(({ document, language }) => document === 'README.md' && language === 'ts');
  if (!example) throw new Error('The README has no example.');
  const [zod, readme] = [
    countTypes(project, 'bare-zod', BARE_ZOD),
    countTypes(project, 'readme', example.code),
  ];
  const text = `The example of the README makes the compiler create ${readme} types, bare Zod ${zod}`;
  console.log(`${text}: ${(readme / zod).toFixed(2)} times as many`);
  return readme > MOST * zod ? [`${text}: more than ${MOST} times as many`] : [];
}
