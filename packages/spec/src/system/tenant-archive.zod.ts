import * as z from 'zod';
import { ChecksumSchema } from '../shared/names.zod.js';
import { ProtocolVersionSchema } from '../shared/protocol-version.zod.js';

const NonEmpty = z.string().min(1);
const Count = z.int().min(0);
const Lines = z.record(z.string(), z.unknown());

/** Version of the format of archives. A newer one is rejected with `unsupported_protocol_version`. */
export const ARCHIVE_VERSION = '1';

export const TenantArchiveManifestSchema = z
  .object({
    kind: z.literal('manifest').describe('Kind of the line. The manifest is the first line of an archive.'),
    archiveVersion: NonEmpty.describe('Version of the archive format.'),
    protocolVersion: ProtocolVersionSchema.describe(
      'Version of the protocol for which the bundle was written.',
    ),
    exportedAt: z.iso
      .datetime()
      .describe(
        'Timestamp of the export. The archive contains every write that was acknowledged before this time.',
      ),
    tenantId: NonEmpty.describe('Unique identifier of the exported tenant.'),
    bundleVersion: z
      .string()
      .nullable()
      .describe('Version of the exported bundle; null if nothing was deployed to the tenant.'),
    bundleChecksum: ChecksumSchema.nullable().describe(
      'SHA-256 hash of the line that contains the bundle, without its line feed; null if the archive has no bundle.',
    ),
    objects: z.array(NonEmpty).describe('Names of the objects whose records the archive contains.'),
    unwrittenSeeds: z
      .array(NonEmpty)
      .optional()
      .describe(
        'Identifiers of the seed datasets of the bundle that were not completely written at the time of the export. A deployment of the bundle to the imported tenant writes them. Absent if all were written.',
      ),
  })
  .describe('First line of an archive.');
export type TenantArchiveManifest = z.infer<typeof TenantArchiveManifestSchema>;

export const TenantArchiveBundleSchema = z
  .object({
    kind: z.literal('bundle').describe('Kind of the line. The bundle follows the manifest.'),
    bundle: Lines.describe(
      'Bundle in effect, with the manifests and settings of installed apps. Contains no secret setting.',
    ),
  })
  .describe('Line of an archive with the metadata of the tenant.');
export type TenantArchiveBundle = z.infer<typeof TenantArchiveBundleSchema>;

export const TenantArchiveRecordSchema = z
  .object({
    kind: z.literal('record').describe('Kind of the line.'),
    object: NonEmpty.describe(
      'Name of the object. Records of the same object are contiguous in the archive.',
    ),
    record: Lines.describe('Values of the record, by field name.'),
  })
  .describe('Line of an archive with one record.');
export type TenantArchiveRecord = z.infer<typeof TenantArchiveRecordSchema>;

export const TenantArchiveCounterSchema = z
  .object({
    kind: z.literal('counter').describe('Kind of the line. Counters follow the records.'),
    id: NonEmpty.describe(
      'Identifier of the counter: names of the object and of the field, and the values of the tokens in the format of the autonumber. The field is `id` for the ids of an object with `idType: integer`.',
    ),
    lastValue: z
      .union([Count, z.string().regex(/^[0-9]{1,19}$/)])
      .describe(
        'Highest number that was assigned by the counter; a string for ids, which have up to 64 bits.',
      ),
  })
  .describe('Line of an archive with the counter of an autonumber field or of integer ids.');
export type TenantArchiveCounter = z.infer<typeof TenantArchiveCounterSchema>;

export const TenantArchiveEndSchema = z
  .object({
    kind: z.literal('end').describe('Kind of the line. An archive without this line is incomplete.'),
    recordCounts: z.record(z.string(), Count).describe('Number of records of each object.'),
    checksum: ChecksumSchema.describe('SHA-256 hash of all lines before this one, with their line feeds.'),
  })
  .describe('Last line of an archive.');
export type TenantArchiveEnd = z.infer<typeof TenantArchiveEndSchema>;

export const TenantArchiveLineSchema = z
  .discriminatedUnion('kind', [
    TenantArchiveManifestSchema,
    TenantArchiveBundleSchema,
    TenantArchiveRecordSchema,
    TenantArchiveCounterSchema,
    TenantArchiveEndSchema,
  ])
  .describe('Line of an archive of a tenant: JSON in UTF-8, followed by a line feed.');
export type TenantArchiveLine = z.infer<typeof TenantArchiveLineSchema>;
