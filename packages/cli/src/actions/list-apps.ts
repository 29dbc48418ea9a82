import type { Action } from '../frame/command.js';
import { table } from '../output/table.js';

/** Lists the apps of a tenant. */
export const listApps: Action = async (context, { args: [reference] }) => {
  const tenantId = await context.tenantId(reference);
  const { runtime } = await context.session();
  const apps = await runtime.apps.list(tenantId);
  const { output } = context;
  if (output.isJson) {
    for (const app of apps) await output.writeJson(app);
    return undefined;
  }
  return {
    document: apps,
    text(style) {
      if (apps.length === 0)
        return 'No app is installed. Install one with: objectstack apps install <manifest>';
      const rows = apps.map(({ appId, version, label, components }) => [
        appId,
        version,
        label ?? '',
        `${components.length} (${components.filter(({ isModified }) => isModified).length} modified)`,
      ]);
      return table(style, ['app', 'version', 'label', 'components'], rows);
    },
  };
};
