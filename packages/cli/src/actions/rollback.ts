import type { Action } from '../frame/command.js';
import { commandError } from '../frame/command-error.js';
import { isSet } from '../frame/read-options.js';
import { askYesNo } from '../output/ask.js';

/** Rolls back a deployment. */
export const rollback: Action = async (context, input) => {
  const { signal, environment } = context;
  const tenantId = await context.tenantId();
  const { runtime } = await context.session();
  const deploymentId = input.args[0] ?? (await runtime.deployments.latest(tenantId))?.id;
  if (deploymentId === undefined) {
    throw commandError({
      code: 'deployment_not_found',
      message: 'The tenant has no deployment that can be rolled back.',
      next: ['objectstack history'],
    });
  }
  if (environment.isInteractive && !isSet(input, 'yes')) {
    const isConfirmed = await askYesNo(context, `Roll back ${deploymentId}?`);
    if (!isConfirmed)
      throw commandError({
        code: 'aborted',
        message: 'The rollback was not confirmed. Nothing was changed.',
        exit: 'refused',
      });
  }
  const includeLater = isSet(input, 'includeLater');
  const result = await runtime.deployments.rollbackDeployment(tenantId, deploymentId, {
    signal,
    includeLater,
  });
  return {
    document: result,
    text: (style) =>
      [
        style.green(
          `✔ Rolled back ${result.rollbackOf}${result.outcome === 'applied' ? '' : ', by an earlier call'}.`,
        ),
        ...result.findings.map(({ rows, explanation }) => style.yellow(`▲ ${rows} records: ${explanation}`)),
      ].join('\n'),
  };
};
