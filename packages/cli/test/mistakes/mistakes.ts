import { BUNDLES } from './bundle-mistakes.js';
import { COMMAND_LINE } from './command-line-mistakes.js';
import { CONFIGURATIONS } from './configuration-mistakes.js';
import { FILES } from './file-mistakes.js';
import { GROUPS } from './group-mistakes.js';
import type { Mistake } from './mistake.js';
import { RECORDS } from './record-mistakes.js';

/** Mistakes of people who use the command line, each with the answer. */
export const MISTAKES: readonly Mistake[] = [
  ...COMMAND_LINE,
  ...FILES,
  ...BUNDLES,
  ...CONFIGURATIONS,
  ...RECORDS,
  ...GROUPS,
];
