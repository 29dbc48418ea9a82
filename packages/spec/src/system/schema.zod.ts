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
  .describe(
    'Action on the referencing rows when the referenced row is deleted or its key changes: reject it (NO ACTION, RESTRICT), set the columns to NULL or to their defaults (SET NULL, SET DEFAULT), or apply the same operation (CASCADE).',
  );
export type ReferentialAction = z.infer<typeof ReferentialActionEnum>;

export const TableColumnSchema = z
  .object({
    name: Text.describe('Name of the column.'),
    type: Text.describe('Declared type of the column, in uppercase.'),
    notNull: Flag.describe('Whether the column is declared NOT NULL.'),
    defaultValue: Text.nullable().describe(
      'DEFAULT expression of the column, as SQL text; `null` if there is none.',
    ),
    primaryKey: Count.describe(
      'One-based position of the column in the primary key; 0 if the column is not part of the primary key.',
    ),
    generated: Flag.describe('Whether the column is a generated column.'),
    definition: Text.nullable().describe(
      'Column definition as written in the CREATE TABLE statement, without the name, if the other properties do not describe the column completely, for example because of a CHECK or a collation; otherwise `null`, as for every column that a deployment created.',
    ),
  })
  .describe('Column of a table.');
export type TableColumn = z.infer<typeof TableColumnSchema>;

export const TableForeignKeySchema = z
  .object({
    columns: z.array(Text).min(1).describe('Names of the referencing columns, in order.'),
    table: Text.describe('Name of the referenced table.'),
    references: z
      .array(Text)
      .min(1)
      .describe('Names of the referenced columns, in the order of the referencing ones.'),
    onDelete: ReferentialActionEnum.describe(
      'Action on the referencing rows when the referenced row is deleted: NO ACTION and RESTRICT reject the deletion, SET NULL and SET DEFAULT set the referencing columns, CASCADE deletes the rows.',
    ),
    onUpdate: ReferentialActionEnum.describe(
      'Action on the referencing rows when the key of the referenced row changes: NO ACTION and RESTRICT reject the change, SET NULL and SET DEFAULT set the referencing columns, CASCADE changes them to the new key.',
    ),
  })
  .describe('Foreign key of a table.');
export type TableForeignKey = z.infer<typeof TableForeignKeySchema>;

export const TableIndexSchema = z
  .object({
    name: Text.describe('Name of the index.'),
    unique: Flag.describe('Whether the index is declared UNIQUE.'),
    columns: z
      .array(
        z.object({
          name: Text.nullable().describe('Name of the column; `null` for an expression.'),
          collation: Text.describe('Name of the collation, for example BINARY or NOCASE.'),
          descending: Flag.describe('Whether the column is sorted in descending order.'),
        }),
      )
      .min(1)
      .describe('List of indexed columns, in order.'),
    where: Text.nullable().describe(
      'WHERE condition of a partial index, as SQL text; `null` if the index is not partial.',
    ),
    sql: Text.nullable().describe(
      'CREATE INDEX statement, if the other properties do not describe the index completely, for example because it indexes an expression; otherwise `null`.',
    ),
  })
  .describe('Index created by a CREATE INDEX statement.');
export type TableIndex = z.infer<typeof TableIndexSchema>;

export const NamedSqlSchema = z
  .object({
    name: Text.describe('Name of the trigger or SQL view.'),
    sql: Text.describe('CREATE TRIGGER or CREATE VIEW statement.'),
  })
  .describe('Trigger or SQL view of a database.');
export type NamedSql = z.infer<typeof NamedSqlSchema>;

export const TableSchema = z
  .object({
    name: Text.describe('Name of the table.'),
    columns: z.array(TableColumnSchema).describe('List of columns, sorted by name.'),
    foreignKeys: z.array(TableForeignKeySchema).describe('List of foreign keys, sorted by column.'),
    indexes: z.array(TableIndexSchema).describe('List of indexes, sorted by name.'),
    triggers: z.array(NamedSqlSchema).describe('List of triggers, sorted by name.'),
    sql: Text.nullable().describe(
      'CREATE TABLE statement, if the other properties do not describe the table completely, for example because of another primary key, a table constraint or an option; otherwise `null`, as for every table that a deployment created.',
    ),
    constraints: z
      .array(Text)
      .min(1)
      .optional()
      .describe(
        'List of the table constraints of an adopted table, as SQL text. Absent if it has none, and for all other tables, whose constraints are in `sql`.',
      ),
    strict: z
      .literal(true)
      .optional()
      .describe(
        'Whether an adopted table has the option STRICT, with which SQLite rejects values of another type than that of their column. Absent if it does not have the option, and for all other tables, whose options are in `sql`.',
      ),
  })
  .describe('Table of a database, described so that tables with the same behavior have equal values here.');
export type Table = z.infer<typeof TableSchema>;

export const ComponentKindEnum = z
  .enum(['view', 'flow', 'permission'])
  .describe('Kind of component: a view, a flow or a permission set.');
export type ComponentKind = z.infer<typeof ComponentKindEnum>;

export const ComponentSchema = z
  .object({
    kind: ComponentKindEnum,
    name: MachineNameSchema.describe('Name of the view, flow or permission set.'),
    definition: z.record(Text, z.unknown()).describe('Definition of the view, flow or permission set.'),
  })
  .describe('Component: a view, flow or permission set, which is metadata without a table of its own.');
export type Component = z.infer<typeof ComponentSchema>;

const owner = NonEmpty.describe(
  'Owner of the object or component: `tenant`, or the id of the app that deployed it.',
);

export const CurrentSchemaSchema = z
  .object({
    dialect: SQLDialectSchema.describe('SQL dialect of the database.'),
    tables: z
      .array(TableSchema)
      .describe('List of tables, sorted by name; system tables (_os_*) are not included.'),
    views: z
      .array(
        NamedSqlSchema.extend({
          triggers: z
            .array(NamedSqlSchema)
            .describe('List of INSTEAD OF triggers of the view, sorted by name.'),
        }),
      )
      .describe('List of SQL views, sorted by name.'),
    objects: z
      .array(z.object({ owner, definition: ObjectDefinitionSchema }))
      .describe('List of deployed objects, sorted by name.'),
    components: z
      .array(ComponentSchema.extend({ owner }))
      .describe('List of deployed components, sorted by kind and name.'),
    adopted: z
      .array(TableSchema)
      .optional()
      .describe(
        'List of the adopted tables that are declared differently (columns, foreign keys or constraints) from the tables that deployments create, each as it was declared at its adoption. Such a table keeps its declaration until a deployment changes one of its columns. Absent if there are none.',
      ),
    deploymentId: Text.nullable().describe('Identifier of the latest deployment; `null` if there is none.'),
    planHash: ChecksumSchema.nullable().describe(
      'Hash of the migration plan of the latest deployment; `null` if there is none.',
    ),
    schemaVersion: Count.describe(
      'Schema version counter of the database, which increases with every DDL statement.',
    ),
    schemaHash: ChecksumSchema.describe(
      'SHA-256 hash of tables, views, objects and components. Only the service that read the schema can compute it.',
    ),
  })
  .describe('Current schema of a database: its tables and deployed metadata.');
export type CurrentSchema = z.infer<typeof CurrentSchemaSchema>;

export const MigrationResultSchema = z
  .object({
    outcome: z
      .enum(['applied', 'already_applied', 'unchanged'])
      .describe(
        'Outcome of the call. applied: this call applied the plan; already_applied: an earlier call applied it, and nothing was executed; unchanged: the target schema was already deployed, and no entry was added to the history.',
      ),
    deploymentId: NonEmpty.describe(
      "Identifier of the deployment in the tenant's history; the latest deployment if the outcome is unchanged.",
    ),
    statementsExecuted: Count.describe('Number of statements of the plan that this call executed.'),
    durationMs: z.number().min(0).describe('Duration of the call in milliseconds.'),
  })
  .describe('Result of applying a migration plan.');
export type MigrationResult = z.infer<typeof MigrationResultSchema>;
