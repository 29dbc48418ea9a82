import * as z from 'zod';
import { SQLDialectSchema } from '../data/driver-sql.zod.js';
import { ObjectDefinitionSchema } from '../data/object.zod.js';
import { ChecksumSchema, MachineNameSchema } from '../shared/names.zod.js';

const NonEmpty = z.string().min(1);
const Count = z.int().min(0);
const Text = z.string();
const Flag = z.boolean();

export const ReferentialActionEnum = z
  .enum(['NO ACTION', 'RESTRICT', 'SET NULL', 'SET DEFAULT', 'CASCADE'])
  .describe('What a foreign key does when its target goes.');
export type ReferentialAction = z.infer<typeof ReferentialActionEnum>;

export const TableColumnSchema = z
  .object({
    name: Text.describe('Name of the column.'),
    type: Text.describe('Declared type in upper case.'),
    notNull: Flag.describe('Whether the column refuses to be empty.'),
    defaultValue: Text.nullable().describe('DEFAULT as SQL text.'),
    primaryKey: Count.describe('Place in the primary key from 1; 0 outside it.'),
    generated: Flag.describe('Whether the value is computed by the database.'),
    definition: Text.nullable().describe(
      'What follows the name in the statement that made it, where the other properties do not say all: a check, a collation, an expression. No deployment makes such a column.',
    ),
  })
  .describe('A column.');
export type TableColumn = z.infer<typeof TableColumnSchema>;

export const TableForeignKeySchema = z
  .object({
    columns: z.array(Text).min(1).describe('Columns that refer.'),
    table: Text.describe('Table that is referred to.'),
    references: z.array(Text).min(1).describe('Columns that are referred to.'),
    onDelete: ReferentialActionEnum,
    onUpdate: ReferentialActionEnum,
  })
  .describe('A foreign key.');
export type TableForeignKey = z.infer<typeof TableForeignKeySchema>;

export const TableIndexSchema = z
  .object({
    name: Text.describe('Name of the index.'),
    unique: Flag.describe('Whether no two rows may share the values.'),
    columns: z
      .array(
        z.object({
          name: Text.nullable().describe('Column; null for an expression.'),
          collation: Text.describe('How text is compared, such as BINARY or NOCASE.'),
          descending: Flag.describe('Whether the order is from large to small.'),
        }),
      )
      .min(1)
      .describe('What is indexed, in order.'),
    where: Text.nullable().describe('Condition of a partial index.'),
    sql: Text.nullable().describe(
      'Statement that makes it, where its columns do not say all: an expression.',
    ),
  })
  .describe('An index that a CREATE INDEX made.');
export type TableIndex = z.infer<typeof TableIndexSchema>;

export const NamedSqlSchema = z
  .object({
    name: Text.describe('Name in the database.'),
    sql: Text.describe('Statement that makes it.'),
  })
  .describe('A trigger or SQL view.');
export type NamedSql = z.infer<typeof NamedSqlSchema>;

export const TableSchema = z
  .object({
    name: Text.describe('Name of the table.'),
    columns: z.array(TableColumnSchema).describe('Sorted by name.'),
    foreignKeys: z.array(TableForeignKeySchema).describe('Sorted by columns.'),
    indexes: z.array(TableIndexSchema).describe('Sorted by name.'),
    triggers: z.array(NamedSqlSchema).describe('Sorted by name.'),
    sql: Text.nullable().describe(
      'Statement that made it, where its columns do not say all: another primary key, a constraint of the table, an option. No deployment makes such a table.',
    ),
  })
  .describe('A table in canonical form: two tables that behave alike are equal.');
export type Table = z.infer<typeof TableSchema>;

export const ComponentKindEnum = z
  .enum(['view', 'flow', 'permission'])
  .describe('Metadata that has no table.');
export type ComponentKind = z.infer<typeof ComponentKindEnum>;

export const ComponentSchema = z
  .object({
    kind: ComponentKindEnum,
    name: MachineNameSchema,
    definition: z.record(Text, z.unknown()).describe('The view, flow or permission set.'),
  })
  .describe('A view, flow or permission set.');
export type Component = z.infer<typeof ComponentSchema>;

const owner = NonEmpty.describe('Who deployed it: tenant, or the id of an app.');

export const CurrentSchemaSchema = z
  .object({
    dialect: SQLDialectSchema,
    tables: z
      .array(TableSchema)
      .describe('All tables except ours (those starting with _os_), sorted by name.'),
    views: z
      .array(
        NamedSqlSchema.extend({
          triggers: z.array(NamedSqlSchema).describe('INSTEAD OF triggers of the view, sorted by name.'),
        }),
      )
      .describe('SQL views, sorted by name.'),
    objects: z
      .array(z.object({ owner, definition: ObjectDefinitionSchema }))
      .describe('Deployed objects by name.'),
    components: z.array(ComponentSchema.extend({ owner })).describe('Deployed components by kind and name.'),
    deploymentId: Text.nullable().describe('Latest deployment; null before the first.'),
    planHash: ChecksumSchema.nullable().describe('Plan of the latest deployment.'),
    schemaVersion: Count.describe('Counter of the database that grows with every DDL statement.'),
    schemaHash: ChecksumSchema.describe(
      'SHA-256 over tables, views, objects and components; only what read the schema can compute it.',
    ),
  })
  .describe('What is in a database now: tables and metadata.');
export type CurrentSchema = z.infer<typeof CurrentSchemaSchema>;

export const MigrationResultSchema = z
  .object({
    outcome: z
      .enum(['applied', 'already_applied', 'unchanged'])
      .describe(
        'already_applied: an earlier call ran this plan, and nothing ran now; unchanged: what the plan leads to is deployed already, and no entry was added to the history.',
      ),
    deploymentId: NonEmpty.describe(
      'Deployment under which the plan is in the history; the latest one if the outcome is unchanged.',
    ),
    statementsExecuted: Count.describe('Statements of the plan that ran in this call.'),
    durationMs: z.number().min(0).describe('How long the call took, in milliseconds.'),
  })
  .describe('What came of applying a plan.');
export type MigrationResult = z.infer<typeof MigrationResultSchema>;
