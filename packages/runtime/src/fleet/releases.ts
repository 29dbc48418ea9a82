import { createHash } from 'node:crypto';
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
  type AppManifestInput,
  type DeployBundleInput,
  type Release,
  type ReleaseChannel,
  ReleaseNameSchema,
  type ReleasePage,
  type TenantRelease,
} from '@objectstack/spec/system';
import canonicalize from 'canonicalize';
import { readManifest } from '../apps/read-manifest.js';
import type { CanonicalBundle } from '../bundle/canonical-bundle.js';
import { invalidBundle } from '../bundle/invalid-bundle.js';
import { checkBundleSteps } from '../bundle/validate-bundle.js';
import { decodeCursor } from '../shared/encode-cursor.js';
import { findTenant } from '../shared/find-tenant.js';
import { pageOf } from '../shared/page-of.js';
import { parseInput } from '../shared/parse-input.js';
import { type FleetContext, instantNow } from './fleet-context.js';

type Context = Pick<FleetContext, 'registry' | 'bundles' | 'clock'>;

function releaseExists({ name }: Release, asked: string): ObjectStackError {
  return new ObjectStackError({
    code: 'release_exists',
    message:
      name === asked
        ? 'A release with this name exists with another bundle. Releases never change: use another name.'
        : `The bundle belongs to the release ${name}. Use that release, or change the version of the bundle.`,
    details: { release: name },
  });
}

interface ReleaseContent extends CanonicalBundle {
  readonly version: string;
  readonly appId?: string;
}

/** Stores the content, and gives it a name. */
async function addRelease(
  { registry, bundles, ...context }: Context,
  { bytes, checksum, version, appId }: ReleaseContent,
  { name, signal }: Partial<CreateReleaseOptions>,
): Promise<Release> {
  const asked: Release = {
    name: parseInput(ReleaseNameSchema, name, 'name of the release'),
    ...(appId !== undefined && { appId }),
    bundleChecksum: checksum,
    bundleVersion: version,
    createdAt: instantNow(context),
  };
  throwIfAborted(signal);
  await bundles.put(bytes.slice(), signal ? { signal } : {});
  const { release } = await registry.addRelease(asked);
  if (release.name === asked.name && release.bundleChecksum === checksum) return release;
  throw releaseExists(release, asked.name);
}

/** See {@link IFleetService.createRelease}. */
export async function createRelease(
  context: Context,
  bundle: DeployBundleInput,
  options: Partial<CreateReleaseOptions>,
): Promise<Release> {
  parseInput(ReleaseNameSchema, options.name, 'name of the release');
  const { result, canonical } = await runStepsInTurns(checkBundleSteps(bundle), options.signal);
  if (!canonical) throw invalidBundle(result);
  const { version } = JSON.parse(new TextDecoder().decode(canonical.bytes)).manifest as { version: string };
  return addRelease(context, { ...canonical, version }, options);
}

/** See {@link IFleetService.createAppRelease}. */
export async function createAppRelease(
  context: Context,
  input: AppManifestInput,
  options: Partial<CreateReleaseOptions>,
): Promise<Release> {
  const manifest = readManifest(input);
  const bytes = new TextEncoder().encode(canonicalize(manifest));
  const checksum = createHash('sha256').update(bytes).digest('hex');
  const { name: appId, version } = manifest;
  return addRelease(context, { bytes, checksum, version, appId }, options);
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
  const after = cursor === undefined ? undefined : decodeCursor(cursor);
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
  if (release !== null && (await findRelease(context, release)).appId !== undefined)
    throw new ObjectStackError({
      code: 'invalid_request',
      message: `The release ${release} is a version of an app. New tenants of a channel start with the release of a bundle.`,
      details: {
        issues: [{ path: '/release', code: 'not_a_bundle', message: 'must be the release of a bundle' }],
      },
    });
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
