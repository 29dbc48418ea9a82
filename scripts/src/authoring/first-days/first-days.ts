import { DEFINITION_MISTAKES } from './definition-mistakes.js';
import { DEPLOYMENT_MISTAKES } from './deployment-mistakes.js';
import type { FirstDayMistake } from './first-day-mistake.js';
import { HTTP_MISTAKES } from './http-mistakes.js';
import { QUERY_MISTAKES } from './query-mistakes.js';
import { RUNTIME_MISTAKES } from './runtime-mistakes.js';
import { TEXT_MISTAKES } from './text-mistakes.js';
import { TOOL_MISTAKES } from './tool-mistakes.js';
import { WRITE_MISTAKES } from './write-mistakes.js';

/** Mistakes that a backend engineer makes in the first days. */
export const FIRST_DAYS: readonly FirstDayMistake[] = [
  ...TEXT_MISTAKES,
  ...DEFINITION_MISTAKES,
  ...QUERY_MISTAKES,
  ...WRITE_MISTAKES,
  ...DEPLOYMENT_MISTAKES,
  ...RUNTIME_MISTAKES,
  ...HTTP_MISTAKES,
  ...TOOL_MISTAKES,
];
