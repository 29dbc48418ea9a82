import { ObjectStackError } from '../shared/object-stack-error.js';
import type { MigrationPlan } from './migration-plan.zod.js';
import { type PlanOutline, type PlanSection, planOutline } from './plan-outline.js';

export interface FormatPlanOptions {
  /** `text` for a terminal or a log, `markdown` (CommonMark) for a review. Defaults to `text`. */
  readonly format?: 'text' | 'markdown';
}

/** Characters that would break a line, control a terminal or reorder the text; metadata and ids can contain them. */
const CONTROLS = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu;

const visible = (text: string) =>
  text.replace(CONTROLS, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** A code span; its delimiter is longer than any sequence of backticks in the text. */
function codeSpan(text: string): string {
  const runs = text.match(/`+/g) ?? [];
  const fence = '`'.repeat(1 + Math.max(0, ...runs.map(({ length }) => length)));
  return runs.length > 0 ? `${fence} ${text} ${fence}` : `${fence}${text}${fence}`;
}

/** Text that is neither markup nor HTML. */
const escaped = (text: string) => text.replace(/[\\`*_{}[\]<>#|~&!]/g, '\\$&');

/** All cells but the last are codes, ids and paths. */
const markdownLine = (line: readonly string[]) =>
  `- ${line.map((cell, column) => (column < line.length - 1 ? codeSpan(cell) : escaped(cell))).join(' ')}`;

/** Aligns the columns except the last two, of which the first contains ids of any length. */
function alignedLines({ lines }: PlanSection): string[] {
  const widths: number[] = [];
  for (const line of lines)
    for (const [column, cell] of line.entries()) widths[column] = Math.max(widths[column] ?? 0, cell.length);
  return lines.map((line) =>
    line
      .map((cell, column) => (column < line.length - 2 ? cell.padEnd(Number(widths[column])) : cell))
      .join('  '),
  );
}

function toText({ heading, sections }: PlanOutline): string {
  const blocks = sections.map((section) =>
    [`${section.title}:`, ...alignedLines(section).map((line) => `  ${line}`)].join('\n'),
  );
  return [heading, ...blocks].join('\n\n');
}

function toMarkdown({ heading, sections }: PlanOutline): string {
  const blocks = sections.map(({ title, lines }) => `### ${title}\n\n${lines.map(markdownLine).join('\n')}`);
  return [escaped(heading), ...blocks].join('\n\n');
}

const FORMATS = { text: toText, markdown: toMarkdown } as const;

/**
 * Describes a plan for a person who reviews it: one line for each change with its risk, code, id and the number of
 * records that the preflight counted, one line for each table rebuild, the records that prevent the plan, the ids that
 * `allow` needs, then notices, drift and warnings. A section without lines is omitted. The text ends without a line
 * break, and its wording may change between versions: programs read the plan.
 *
 * Control characters are shown as escape sequences; Markdown is escaped. Throws `invalid_request` for another format.
 */
export function formatPlan(plan: MigrationPlan, { format = 'text' }: FormatPlanOptions = {}): string {
  if (!Object.hasOwn(FORMATS, format)) {
    throw new ObjectStackError({
      code: 'invalid_request',
      message: 'The format of a plan must be text or markdown.',
    });
  }
  const { heading, sections } = planOutline(plan);
  const shown = sections.map(({ title, lines }) => ({
    title,
    lines: lines.map((line) => line.map(visible)),
  }));
  return FORMATS[format]({ heading: visible(heading), sections: shown });
}
