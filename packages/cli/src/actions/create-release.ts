import type { Release } from '@objectstack/spec/system';
import type { Action, CommandInput } from '../frame/command.js';
import type { CommandContext } from '../frame/command-context.js';
import { textOption } from '../frame/read-options.js';
import { validBundle } from '../project/load-project.js';
import { requireManifest } from './app-source.js';

/** Stores the bundle of the project, or the app that the option names. */
async function store(context: CommandContext, input: CommandInput, name: string): Promise<Release> {
  const { signal } = context;
  const file = textOption(input, 'app');
  const content =
    file === undefined
      ? { bundle: validBundle(await context.project()) }
      : { manifest: await requireManifest(context, file) };
  const { fleet } = (await context.session()).runtime;
  return content.bundle
    ? fleet.createRelease(content.bundle, { name, signal })
    : fleet.createAppRelease(content.manifest, { name, signal });
}

/** Stores the bundle, or a version of an app, under the name of a release. */
export const createRelease: Action = async (context, input) => {
  const release = await store(context, input, input.args[0] ?? '');
  const content = release.appId === undefined ? 'the bundle' : `the app ${release.appId}`;
  return {
    document: release,
    text: (style) =>
      `${style.green(`✔ Release ${release.name} is version ${release.bundleVersion} of ${content}.`)}\n\nNext: ${style.cyan(`objectstack fleet preflight ${release.name}`)}`,
  };
};
