import * as z from 'zod';
import {
  ChannelNameSchema,
  ChecksumSchema,
  MachineNameSchema,
  SemanticVersionSchema,
} from '../../shared/names.zod.js';
import { NextCursorSchema } from '../../shared/page.zod.js';

const Instant = z.iso.datetime();

export const ReleaseNameSchema = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/)
  .describe(
    'Name of a release: 1 to 100 letters, digits, periods, hyphens and underscores, for example 2026-11.',
  );
export type ReleaseName = z.infer<typeof ReleaseNameSchema>;

export const ReleaseSchema = z
  .object({
    name: ReleaseNameSchema,
    appId: MachineNameSchema.optional().describe(
      'Name of the app that the release is a version of. Absent for a release of a bundle.',
    ),
    bundleChecksum: ChecksumSchema.describe(
      'Checksum of the bundle or of the manifest of the app, unique among releases.',
    ),
    bundleVersion: SemanticVersionSchema.describe('Version of the bundle or of the app, for example 1.4.0.'),
    createdAt: Instant.describe('Timestamp at which the release was created.'),
  })
  .describe(
    'Release: a stored bundle, or a stored version of an app, with a name, for any number of tenants. It never changes.',
  );
export type Release = z.infer<typeof ReleaseSchema>;

export const ReleasePageSchema = z
  .object({
    items: z.array(ReleaseSchema).describe('List of releases, latest first.'),
    nextCursor: NextCursorSchema,
  })
  .describe('Page of releases.');
export type ReleasePage = z.infer<typeof ReleasePageSchema>;

export const ReleaseChannelSchema = z
  .object({
    name: ChannelNameSchema,
    release: ReleaseNameSchema.nullable().describe(
      'Name of the release that new tenants of the channel are created with; null if they are created without one.',
    ),
    updatedAt: Instant.describe('Timestamp at which the release of the channel was set.'),
  })
  .describe(
    'Channel: a named series of releases, for example stable. New tenants are created with the current release of their channel.',
  );
export type ReleaseChannel = z.infer<typeof ReleaseChannelSchema>;
