import { complaintsAbout, linesAbout } from './compile-blocks.js';
import { readDocuments } from './documents.js';

const documents = await readDocuments();
const blocks = documents.flatMap((document) => document.blocks).filter(({ language }) => language === 'ts');
const complaints = linesAbout(complaintsAbout(blocks, 'built'));
console.log([...complaints, `${blocks.length} code blocks, ${complaints.length} errors`].join('\n'));
process.exitCode = complaints.length > 0 ? 1 : 0;
