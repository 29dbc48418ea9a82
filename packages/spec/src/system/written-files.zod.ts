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
        'conflict_clause',
        'default',
        'foreign_key',
        'generated_column',
        'index',
        'name',
        'on_update',
        'primary_key',
        'system_column',
        'table_option',
        'trigger',
        'type',
        'value_format',
        'view',
        'virtual_table',
      ])
      .describe(
        'Part of the table that an object definition cannot express. check: a CHECK constraint; collation: the collation of a column; conflict_clause: an ON CONFLICT clause; default: a DEFAULT expression; foreign_key: a foreign key or a part of it; generated_column: a generated column; index: an index; name: a name that is not a machine name, so that the object or field has another one; on_update: the ON UPDATE clause of a foreign key; primary_key: a primary key other than the column id; system_column: a column id, created_at or updated_at that is missing or has another type; table_option: WITHOUT ROWID, or STRICT with a column of type ANY; trigger: a trigger; type: the type of a column; value_format: a column whose values must be converted to the format in which the field type is stored; view: an SQL view; virtual_table: a virtual table, such as a full-text index, or a table that stores its data.',
      ),
    table: NonEmpty.describe('Name of the table or view.'),
    column: NonEmpty.optional().describe(
      'Name of the column to which the finding applies. Absent if it applies to the whole table.',
    ),
    message: NonEmpty.describe('Description of the difference between the table and the object.'),
    next: NonEmpty.describe('Instruction for adopting the table, or for continuing without that.'),
  })
  .describe('Part of a table that the generated object definition does not express.');
export type PullFinding = z.infer<typeof PullFindingSchema>;

export const PulledFilesSchema = z
  .object({
    ...WrittenFilesSchema.shape,
    findings: z
      .array(PullFindingSchema)
      .describe(
        'List of the parts of the tables that object definitions cannot express; empty if they describe the tables completely.',
      ),
  })
  .describe('Output of the command pull.');
export type PulledFiles = z.infer<typeof PulledFilesSchema>;
