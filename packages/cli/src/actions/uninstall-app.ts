import type { Action } from '../frame/command.js';
import { commandError } from '../frame/command-error.js';
import { isSet, textOption } from '../frame/read-options.js';
import { askForText } from '../output/ask.js';

/** Uninstalls an app. Its data is retained for the retention window unless purging was confirmed. */
export const uninstallApp: Action = async (context, input) => {
  const [appId = ''] = input.args;
  const tenantId = await context.tenantId();
  const { runtime } = await context.session();
  const preview = await runtime.apps.previewUninstall(tenantId, appId);
  const records = Object.values(preview.records).reduce((sum, count) => sum + count, 0);
  const isPurged = isSet(input, 'purge');
  const { isInteractive } = context.environment;
  const isConfirmed =
    !isPurged ||
    textOption(input, 'confirm') === appId ||
    (isInteractive &&
      (await askForText(context, `Type ${appId} to delete its ${records} records immediately:`, appId)));
  if (!isConfirmed) {
    throw commandError({
      code: 'destructive_not_allowed',
      message: `To delete the ${records} records of ${appId} permanently now, confirm with the name of the app. Nothing was changed.`,
      next: [
        `objectstack apps uninstall ${appId} --purge --confirm ${appId}`,
        `objectstack apps uninstall ${appId}`,
      ],
    });
  }
  const data = isPurged ? 'purge' : 'keep';
  await runtime.apps.uninstallApp(tenantId, appId, { signal: context.signal, data });
  return {
    document: preview,
    text: (style) =>
      style.green(
        `✔ Uninstalled ${appId} ${preview.version}. ${records} records were ${isPurged ? 'deleted' : 'retained: installing the app again within the retention window restores them'}.`,
      ),
  };
};
