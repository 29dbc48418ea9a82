import { ObjectStackError } from '@objectstack/spec/shared';
import type { AppInstallResult } from '@objectstack/spec/system';
import type { Action, CommandResult } from '../frame/command.js';
import { isSet, listOption, textOption } from '../frame/read-options.js';
import { counted } from '../output/counted.js';
import { manifestIn, requireManifest, settingsIn } from './app-source.js';

/** The result of a change that succeeded. Throws the error of one that did not. */
function resultOf(result: AppInstallResult, done: string): CommandResult {
  if (!result.success) {
    const error = ObjectStackError.fromProblemDetails(result.error);
    throw error;
  }
  const { appId, version, seededRecords, conflicts, installedDependencies } = result;
  return {
    document: result,
    text: (style) =>
      [
        style.green(`✔ ${done} ${appId} ${version}: ${counted(seededRecords, 'seed record')} written.`),
        ...installedDependencies.map((name) => `  Also installed: ${name}`),
        ...conflicts.map(({ component, decision }) => `  Changed by both: ${component} (${decision})`),
      ].join('\n'),
  };
}

/** Installs an app from its manifest or from the app registry. */
export const installApp: Action = async (context, input) => {
  const [given = ''] = input.args;
  const config = settingsIn(listOption(input, 'set'));
  const manifest = await manifestIn(context, given);
  const tenantId = await context.tenantId();
  const { runtime } = await context.session();
  const { signal } = context;
  const allow = listOption(input, 'allow');
  const skipSeedData = isSet(input, 'skipSeedData');
  if (manifest) {
    const options = { signal, allow, skipSeedData };
    return resultOf(await runtime.apps.installApp(tenantId, manifest, config, options), 'Installed');
  }
  const range = textOption(input, 'range');
  const request = {
    tenantId,
    appId: given,
    configOverrides: config,
    skipSeedData,
    ...(range !== undefined && { range }),
  };
  const options = { signal, allow, installDependencies: isSet(input, 'withDependencies') };
  return resultOf(await runtime.apps.install(request, options), 'Installed');
};

/** Upgrades an installed app to the version of a manifest. */
export const upgradeApp: Action = async (context, input) => {
  const manifest = await requireManifest(context, input.args[0] ?? '');
  const tenantId = await context.tenantId();
  const { runtime } = await context.session();
  const options = {
    signal: context.signal,
    allow: listOption(input, 'allow'),
    allowDowngrade: isSet(input, 'allowDowngrade'),
    config: settingsIn(listOption(input, 'set')),
    ...(isSet(input, 'takeApp') && { onConflict: 'take_app' as const }),
  };
  return resultOf(await runtime.apps.upgradeApp(tenantId, manifest.name, manifest, options), 'Upgraded to');
};
