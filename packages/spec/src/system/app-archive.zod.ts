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
        'Names of the fields that the app added to an object of another owner. The part contains the values of these fields, by record id. Absent if the object belongs to the app; the part then contains whole records.',
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
    records: records.describe('Total number of records in all parts.'),
    parts: z
      .array(AppArchivePartSchema)
      .describe(
        'List of the parts of the archive. Each contains records of one object; an object with many records has several parts, and one without records has an empty part.',
      ),
    assignedIds: z
      .record(MachineNameSchema, z.string().regex(/^[0-9]{1,19}$/))
      .optional()
      .describe(
        'Largest integer id that was assigned to a record, as decimal text, by the name of the object. Lists the objects of the app with `idType: integer`. An installation that restores the data assigns larger ids, so that the id of a deleted record is never assigned again.',
      ),
  })
  .describe('Data of an uninstalled app in the bundle store.');
export type AppArchive = z.infer<typeof AppArchiveSchema>;
