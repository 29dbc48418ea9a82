import * as z from 'zod';
import { ChecksumSchema, MachineNameSchema, SemanticVersionSchema } from '../shared/names.zod.js';

const records = z.int().min(0);

export const AppArchivePartSchema = z
  .object({
    object: MachineNameSchema.describe('Name of the object whose records the part contains.'),
    fields: z
      .array(MachineNameSchema)
      .optional()
      .describe(
        'List of names of the fields that the app added to an object of another owner: the part contains their values by record id. Absent if the object belongs to the app: the part then contains whole records.',
      ),
    records: records.describe('Number of records in the part.'),
    checksum: ChecksumSchema.describe(
      'SHA-256 checksum of the part, by which it can be read from the bundle store. The part is JSON with the keys `object`, `columns` and `rows`.',
    ),
  })
  .describe('Part of the archived data of an app: the records of one object.');
export type AppArchivePart = z.infer<typeof AppArchivePartSchema>;

export const AppArchiveSchema = z
  .object({
    appId: MachineNameSchema.describe('Name of the app.'),
    version: SemanticVersionSchema.describe('Version of the app that was uninstalled.'),
    deploymentId: z.string().min(1).describe('Identifier of the deployment that uninstalled the app.'),
    archivedAt: z.iso.datetime().describe('Timestamp at which the data was archived.'),
    expiresAt: z.iso
      .datetime()
      .nullable()
      .describe(
        'Timestamp until which an installation of the app restores the data; `null` if it does not expire.',
      ),
    records: records.describe('Number of records of all parts.'),
    parts: z.array(AppArchivePartSchema).describe('List of parts.'),
  })
  .describe('Data of an uninstalled app in the bundle store.');
export type AppArchive = z.infer<typeof AppArchiveSchema>;
