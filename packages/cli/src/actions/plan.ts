import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Action } from '../frame/command.js';
import { isSet, textOption } from '../frame/read-options.js';
import { planText } from '../output/plan-text.js';
import { validBundle } from '../project/load-project.js';
import { shownPath } from '../project/read-source.js';

/** Plans the deployment of the bundle to a tenant. Changes nothing in its database. */
export const plan: Action = async (context, input) => {
  const { environment, signal } = context;
  const bundle = validBundle(await context.project());
  const tenantId = await context.tenantId();
  const { runtime } = await context.session();
  const planned = await runtime.deployments.planDeployment(tenantId, bundle, { signal });
  const out = textOption(input, 'out');
  const file = out === undefined ? undefined : resolve(environment.cwd, out);
  if (file !== undefined) await writeFile(file, `${JSON.stringify(planned, null, 2)}\n`);
  return {
    document: planned,
    text(style) {
      const text = planText(style, planned, { withSql: isSet(input, 'sql') });
      if (file === undefined) return text;
      const shown = shownPath(environment.cwd, file);
      return `${text}\n\n${style.green(`✔ Wrote ${shown}.`)} Deploy it with: ${style.cyan(`objectstack deploy ${shown}`)}`;
    },
  };
};
