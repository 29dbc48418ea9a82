import { readStoredBundle } from '../deploy/read-stored-bundle.js';
import type { TemplateSource } from './read-templates.js';
import type { TemplateContext } from './template-context.js';

type Context = Pick<TemplateContext, 'registry' | 'bundles'>;

async function sourceOf({ registry, bundles }: Context, release: string): Promise<TemplateSource | null> {
  const { bundleChecksum: checksum } = (await registry.getRelease(release)) ?? {};
  return checksum === undefined ? null : { checksum, bundle: await readStoredBundle(bundles, checksum) };
}

/** Name of the release at which new tenants of a channel start; null if there is none. */
async function startingReleaseName(
  { registry }: Pick<Context, 'registry'>,
  channel: string,
): Promise<string | null> {
  const channels = await registry.listChannels();
  return channels.find(({ name }) => name === channel)?.release ?? null;
}

/** The release at which new tenants of a channel start, and its bundle; null if there is none. */
export async function startingRelease(
  context: Context,
  channel: string,
): Promise<{ release: string; source: TemplateSource } | null> {
  const release = await startingReleaseName(context, channel);
  const source = release === null ? null : await sourceOf(context, release);
  return release === null || source === null ? null : { release, source };
}

/** The bundles of the releases of all channels. */
export async function startingSources(context: Context): Promise<TemplateSource[]> {
  const channels = await context.registry.listChannels();
  const releases = new Set(channels.flatMap(({ release }) => release ?? []));
  const sources = await Promise.all([...releases].map((release) => sourceOf(context, release)));
  return sources.flatMap((source) => source ?? []);
}
