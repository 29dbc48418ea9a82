import { createFileAppRegistry } from '@objectstack/runtime';
import type { Action } from '../frame/command.js';
import { commandError } from '../frame/command-error.js';
import { table } from '../output/table.js';

/** Lists the published versions of an app. */
export const searchApps: Action = async (context, { args: [appId = ''] }) => {
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
  const versions = await createFileAppRegistry(settings.appRegistry).listVersions(appId);
  const found = versions.map(({ version, checksum, isYanked }) => ({ appId, version, checksum, isYanked }));
  return {
    document: { items: found },
    text(style) {
      if (found.length === 0) return `The app registry has no version of ${appId}.`;
      const rows = found.map(({ version, isYanked, checksum }) => [
        appId,
        version,
        isYanked ? 'withdrawn' : 'available',
        checksum,
      ]);
      return table(style, ['app', 'version', 'status', 'checksum'], rows);
    },
  };
};
