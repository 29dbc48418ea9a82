import { resolve } from 'node:path';
import { validateBundle } from '@objectstack/runtime';
import type { Action } from '../frame/command.js';
import { counted } from '../output/counted.js';
import { issueText } from '../output/issue-text.js';
import { placedIssues } from '../project/load-project.js';

/** Validates a bundle without a tenant. */
export const validate: Action = async (context, { args: [path] }) => {
  const project = await context.project(
    path === undefined ? undefined : resolve(context.environment.cwd, path),
  );
  const result = validateBundle(project.value);
  const placed = placedIssues(project, result.issues);
  return {
    document: { ...result, issues: placed.map(({ issue }) => issue) },
    exit: result.valid ? 'ok' : 'invalid',
    text(style) {
      const summary = `${counted(result.errorCount, 'error')}, ${counted(result.warningCount, 'warning')}`;
      const verdict = result.valid
        ? style.green(`✔ The bundle is valid: ${summary}.`)
        : style.red(`✖ The bundle is not valid: ${summary}.`);
      return [...placed.map(({ issue, problem }) => issueText(style, issue, problem)), verdict].join('\n\n');
    },
  };
};
