import { ERROR_CODES, EXIT_CODES } from '@objectstack/spec/shared';
import type { CommandProblem } from '@objectstack/spec/system';
import type { Style } from '../output/style.js';
import { visibleText } from '../output/table.js';
import type { CommandError, PlacedProblem } from './command-error.js';

const MOST_PROBLEMS = 20;

/** The error as problem details in one line, for programs. */
export function errorDocument({ error, exit, next }: CommandError): CommandProblem {
  return { ...error.toProblemDetails(), exitCode: EXIT_CODES[exit].code, next: [...next] };
}

function problemText(style: Style, { code, message, path, place, frame }: PlacedProblem): string {
  const where = place ? `${place.file}:${place.line}:${place.column}` : path || 'bundle';
  const lines = [`  ${style.bold(visibleText(where))}  ${style.dim(code)}`, `  ${visibleText(message)}`];
  return frame === undefined
    ? lines.join('\n')
    : [...lines, ...frame.split('\n').map((line) => style.dim(`    ${line}`))].join('\n');
}

/** Details that a person needs: the records and rules that prevented the call. */
function factLines({ error, problems }: CommandError): string[] {
  const { reason, violations = [], seeds = [], findings = [], changes = [], drift = [] } = error.details;
  // Problems show the same issues with their places.
  const issues = problems.length > 0 ? [] : (error.details.issues ?? []).slice(0, MOST_PROBLEMS);
  const shown = (message: string) => !error.message.includes(message);
  return [
    ...(reason === undefined ? [] : [`  reason: ${reason}`]),
    ...issues.flatMap(({ path, message = '' }) => (shown(message) ? [`  ${path || '/'}: ${message}`] : [])),
    ...violations.map(({ field, rule, index, expected, suggestion }) => {
      const record = index === undefined ? '' : `record ${index + 1}: `;
      const hint = suggestion === undefined ? '' : ` (did you mean ${suggestion}?)`;
      return `  ${record}${field}: ${expected ?? `violates the rule ${rule}`}${hint}`;
    }),
    ...changes.map((id) => `  needs approval: --allow ${id}`),
    ...findings.map(({ checkId, rows, explanation }) =>
      `  ${checkId}: ${rows} records. ${explanation ?? ''}`.trimEnd(),
    ),
    ...seeds.map(({ object, failed }) => `  seed data of ${object}: ${failed} records were not written`),
    ...drift.map((one) => `  ${String(one.code)} ${String(one.table)}.${String(one.name)}`),
  ].map(visibleText);
}

/** The error for people: what is wrong, where, why, and the command to continue with. */
export function errorText(style: Style, failure: CommandError): string {
  const { error, next, problems, exit } = failure;
  const code = `${style.red('✖')} ${style.bold(error.code)}`;
  const shown = problems.slice(0, MOST_PROBLEMS).map((problem) => problemText(style, problem));
  const more = problems.length > MOST_PROBLEMS ? [`  … and ${problems.length - MOST_PROBLEMS} more`] : [];
  const facts = factLines(failure).join('\n');
  const steps =
    next.length === 0 ? [] : [`Next: ${next.map((command) => style.cyan(command)).join('\n      ')}`];
  const message = visibleText(error.message);
  // The title of an error of the command line, or of a request, would only say that something about it is wrong.
  const head =
    exit === 'usage' || error.code === 'invalid_request'
      ? [`${code}  ${message}`]
      : [`${code}  ${ERROR_CODES[error.code].title}`, `  ${message}`];
  return [[...head, ...(facts ? [facts] : [])].join('\n'), ...shown, ...more, ...steps].join('\n\n');
}
