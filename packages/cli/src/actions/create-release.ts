import type { Action } from '../frame/command.js';
import { validBundle } from '../project/load-project.js';

/** Stores the bundle under the name of a release. */
export const createRelease: Action = async (context, { args: [name = ''] }) => {
  const bundle = validBundle(await context.project());
  const { runtime } = await context.session();
  const release = await runtime.fleet.createRelease(bundle, { name, signal: context.signal });
  return {
    document: release,
    text: (style) =>
      `${style.green(`✔ Release ${release.name} is version ${release.bundleVersion} of the bundle.`)}\n\nNext: ${style.cyan(`objectstack fleet preflight ${release.name}`)}`,
  };
};
