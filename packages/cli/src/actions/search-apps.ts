import { createFileAppRegistry } from '@objectstack/runtime';
import type { Action } from '../frame/command.js';
import { commandError } from '../frame/command-error.js';
import { table } from '../output/table.js';

/** Lists the apps of the registry whose name contains a text, with their versions, the newest first. */
export const searchApps: Action = async (context, { args: [part = ''] }) => {
  const { settings } = await context.config();
  if (settings.appRegistry === undefined) {
    throw commandError({
      code: 'configuration_incomplete',
      message:
        'The configuration has no app registry. Set appRegistry to the directory of the published apps.',
      details: { missing: ['appRegistry'] },
      next: ['objectstack apps install <manifest>'],
    });
  }
  const found = await createFileAppRegistry(settings.appRegistry).search(part);
  return {
    document: { items: found },
    text(style) {
      if (found.length === 0)
        return part === '' ? 'The app registry has no apps.' : `The app registry has no app ${part}.`;
      const rows = found.map(({ appId, version, isYanked, checksum }) => [
        appId,
        version,
        isYanked ? 'withdrawn' : 'available',
        checksum,
      ]);
      return table(style, ['app', 'version', 'status', 'checksum'], rows);
    },
  };
};
