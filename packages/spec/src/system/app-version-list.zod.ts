import * as z from 'zod';
import { ChecksumSchema, MachineNameSchema, SemanticVersionSchema } from '../shared/names.zod.js';

export const AppVersionSchema = z
  .object({
    appId: MachineNameSchema.describe('Name of the app.'),
    version: SemanticVersionSchema.describe('Version of the app (semver.org), for example 1.4.0.'),
    checksum: ChecksumSchema.describe("SHA-256 checksum of the manifest's bytes."),
    isYanked: z
      .boolean()
      .describe('Whether the version was withdrawn: it is not selected for new installations.'),
  })
  .describe('Published version of an app.');
export type AppVersion = z.infer<typeof AppVersionSchema>;

export const AppVersionListSchema = z
  .object({
    items: z
      .array(AppVersionSchema)
      .describe(
        'List of versions, sorted by the name of the app and then from newest to oldest; empty if no app was found.',
      ),
  })
  .describe('Output of the command apps search: apps in the app registry with their versions.');
export type AppVersionList = z.infer<typeof AppVersionListSchema>;
