import type { CallOptions, CreateReleaseOptions } from '@objectstack/spec/contracts';
import {
  ChannelNameSchema,
  ObjectStackError,
  type PageRequestInput,
  PageRequestSchema,
  runStepsInTurns,
  throwIfAborted,
} from '@objectstack/spec/shared';
import {
  type DeployBundleInput,
  type Release,
  type ReleaseChannel,
  ReleaseNameSchema,
  type ReleasePage,
  type TenantRelease,
} from '@objectstack/spec/system';
import { invalidBundle } from '../bundle/invalid-bundle.js';
import { checkBundleSteps } from '../bundle/validate-bundle.js';
import { findTenant } from '../shared/find-tenant.js';
import { fromCursor, pageOf } from '../shared/page-of.js';
import { parseInput } from '../shared/parse-input.js';
import { type FleetContext, instantNow } from './fleet-context.js';

type Context = Pick<FleetContext, 'registry' | 'bundles' | 'clock'>;

function releaseExists({ name }: Release, asked: string): ObjectStackError {
  return new ObjectStackError({
    code: 'release_exists',
    message:
      name === asked
        ? 'The release has another bundle. Releases never change: use another name.'
        : `The bundle belongs to the release ${name}. Use that release, or change the version of the bundle.`,
    details: { release: name },
  });
}

/** See {@link IFleetService.createRelease}. */
export async function createRelease(
  context: Context,
  bundle: DeployBundleInput,
  options: Partial<CreateReleaseOptions>,
): Promise<Release> {
  const name = parseInput(ReleaseNameSchema, options.name, 'name of the release');
  const { result, canonical } = await runStepsInTurns(checkBundleSteps(bundle), options.signal);
  if (!canonical) throw invalidBundle(result);
  throwIfAborted(options.signal);
  await context.bundles.put(canonical.bytes.slice(), options.signal ? { signal: options.signal } : {});
  const { version } = JSON.parse(new TextDecoder().decode(canonical.bytes)).manifest as { version: string };
  const asked = {
    name,
    bundleChecksum: canonical.checksum,
    bundleVersion: version,
    createdAt: instantNow(context),
  };
  const { release } = await context.registry.addRelease(asked);
  if (release.name === name && release.bundleChecksum === canonical.checksum) return release;
  throw releaseExists(release, name);
}

/** Finds the release by an unvalidated name. */
export async function findRelease({ registry }: Pick<Context, 'registry'>, name: unknown): Promise<Release> {
  const parsed = ReleaseNameSchema.safeParse(name);
  const release = parsed.success ? await registry.getRelease(parsed.data) : null;
  if (release) return release;
  throw new ObjectStackError({
    code: 'release_not_found',
    message: 'There is no release with this name. Create it with createRelease.',
    ...(parsed.success && { details: { release: parsed.data } }),
  });
}

/** See {@link IFleetService.listReleases}. */
export async function listReleases({ registry }: Context, page: PageRequestInput = {}): Promise<ReleasePage> {
  const { limit, cursor } = parseInput(PageRequestSchema, page, 'page');
  const after = cursor === undefined ? undefined : fromCursor(cursor);
  const found = await registry.listReleases({
    ...(after && { after: { createdAt: after.at, name: after.id } }),
    limit: limit + 1,
  });
  return pageOf(found, limit, ({ createdAt: at, name: id }) => ({ at, id }));
}

/** See {@link IFleetService.setChannel}. */
export async function setChannel(
  context: Context,
  { channel, release }: { channel: string; release: string | null },
  { signal }: CallOptions,
): Promise<ReleaseChannel> {
  const name = parseInput(ChannelNameSchema, channel, 'name of the channel');
  if (release !== null) await findRelease(context, release);
  throwIfAborted(signal);
  const set = { name, release, updatedAt: instantNow(context) };
  await context.registry.putChannel(set);
  return set;
}

/** See {@link IFleetService.setTenantChannel}. */
export async function setTenantChannel(
  { registry }: Context,
  { tenantId, channel }: { tenantId: string; channel: string },
  { signal }: CallOptions,
): Promise<TenantRelease> {
  const name = parseInput(ChannelNameSchema, channel, 'name of the channel');
  const { tenant } = await findTenant(registry, tenantId);
  throwIfAborted(signal);
  await registry.setTenantChannel(tenant.id, { channel: name });
  return registry.getTenantRelease(tenant.id);
}
