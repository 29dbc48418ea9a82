import type { Action } from '../frame/command.js';
import { visibleText } from '../output/table.js';
import { requireManifest } from './app-source.js';

/** Checks whether an app can be installed or upgraded. Changes nothing. */
export const checkApp: Action = async (context, { args: [given = ''] }) => {
  const manifest = await requireManifest(context, given);
  const tenantId = await context.tenantId();
  const { runtime } = await context.session();
  const check = await runtime.apps.checkCompatibility(tenantId, manifest);
  return {
    document: check,
    exit: check.compatible ? 'ok' : 'refused',
    text(style) {
      const issues = check.issues.map(({ severity, code, message, suggestion }) => {
        const sign = severity === 'error' ? style.red('✖') : style.yellow('▲');
        const hint = suggestion === undefined ? '' : `\n    ${visibleText(suggestion)}`;
        return `${sign} ${style.bold(code)}  ${visibleText(message)}${hint}`;
      });
      const verdict = check.compatible
        ? style.green('✔ The app can be installed.')
        : style.red('✖ The app cannot be installed.');
      return [...issues, verdict].join('\n');
    },
  };
};
