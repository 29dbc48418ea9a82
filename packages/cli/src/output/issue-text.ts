import type { DeployValidationIssue } from '@objectstack/spec/system';
import type { PlacedProblem } from '../frame/command-error.js';
import type { Style } from './style.js';
import { visibleText } from './table.js';

const SIGNS = { error: '✖', warning: '▲', info: '·' } as const;

/** An issue of a bundle with its place and the lines around it. */
export function issueText(
  style: Style,
  { severity, path }: DeployValidationIssue,
  { code, message, place, frame }: PlacedProblem,
): string {
  const paint = severity === 'error' ? style.red : severity === 'warning' ? style.yellow : style.dim;
  const where = place ? `${place.file}:${place.line}:${place.column}` : path || 'bundle';
  const lines = [
    `${paint(SIGNS[severity])} ${style.bold(visibleText(where))}  ${style.dim(code)}`,
    `  ${visibleText(message)}`,
  ];
  if (frame === undefined || severity !== 'error') return lines.join('\n');
  return [...lines, ...frame.split('\n').map((line) => style.dim(`    ${line}`))].join('\n');
}
