import * as z from 'zod';

const NonEmpty = z.string().min(1);

export const WrittenFilesSchema = z
  .object({
    directory: NonEmpty.describe('Absolute path of the directory that contains the files.'),
    files: z.array(NonEmpty).describe('List of the paths of the written files, relative to the directory.'),
  })
  .describe('Output of the commands that write files: init and generate types.');
export type WrittenFiles = z.infer<typeof WrittenFilesSchema>;

export const PullFindingSchema = z
  .object({
    code: z
      .enum([
        'check',
        'collation',
        'default',
        'foreign_key',
        'generated_column',
        'index',
        'name',
        'primary_key',
        'system_column',
        'table_option',
        'trigger',
        'type',
        'value_format',
        'view',
      ])
      .describe(
        'Part of the table that the object definition does not express. check: a CHECK constraint; collation: the collation of a column; default: a DEFAULT expression; foreign_key: a foreign key or a part of it; generated_column: a generated column; index: an index; name: a name that is not a machine name, so that the object or field has another one; primary_key: a primary key other than the column id; system_column: a column id, created_at or updated_at that is missing or has another type; table_option: STRICT or WITHOUT ROWID; trigger: a trigger; type: the type of a column; value_format: a column whose values must be converted to the format in which the field type is stored; view: an SQL view.',
      ),
    table: NonEmpty.describe('Name of the table or view.'),
    column: NonEmpty.optional().describe('Name of the column. Absent if the finding is about the table.'),
    message: NonEmpty.describe('Description of the difference between the table and the object.'),
  })
  .describe('Part of a table that the pulled object definition does not express.');
export type PullFinding = z.infer<typeof PullFindingSchema>;

export const PulledFilesSchema = z
  .object({
    ...WrittenFilesSchema.shape,
    findings: z
      .array(PullFindingSchema)
      .describe(
        'List of the parts of the tables that the object definitions do not express; empty if they describe the tables completely.',
      ),
  })
  .describe('Output of the command pull.');
export type PulledFiles = z.infer<typeof PulledFilesSchema>;
