import * as z from 'zod';

const Text = z.string();

export const DeployNoticeCodeEnum = z
  .enum([
    'lookup_without_foreign_key',
    'list_without_foreign_key',
    'index_not_made',
    'probable_rename',
    'stale_rename_hint',
    'incomplete_rename_hint',
    'backfill_not_used',
    'deletes_cascade',
  ])
  .describe(
    'Stable code of a notice. lookup_without_foreign_key, list_without_foreign_key: the lookup gets no foreign key; index_not_made: the index type is not supported; probable_rename: a removed object or field resembles an added one; stale_rename_hint: `renamedFrom` names no object or field that is removed; incomplete_rename_hint: `renamedFrom` does not contain all earlier names; backfill_not_used: no existing record needs the backfill value; deletes_cascade: deleting a record will also delete the records that refer to it.',
  );
export type DeployNoticeCode = z.infer<typeof DeployNoticeCodeEnum>;

export const DeployNoticeSchema = z
  .object({
    code: DeployNoticeCodeEnum,
    object: Text.min(1).describe('Name of the object that the notice applies to.'),
    field: Text.optional().describe('Name of the field. Absent if the notice applies to the whole object.'),
    message: Text.describe('Description of the notice in one or two sentences.'),
  })
  .describe(
    'Notice about a diff: an effect on records, or something that the metadata requests but the migration does not do.',
  );
export type DeployNotice = z.infer<typeof DeployNoticeSchema>;
