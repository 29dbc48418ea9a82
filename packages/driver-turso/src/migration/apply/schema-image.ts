import type { SqlStatement } from '@objectstack/spec/contracts';
import { ADOPTED_FORMS } from '../../schema/adopted-forms.js';
import { SYSTEM_INDEXES, SYSTEM_TABLES } from '../../schema/create-system-tables.js';
import { failWhen } from '../plan/draft/guard-of.js';

/*
 * The image of a schema is one text that contains everything the schema hash is derived from: the DDL of tables, indexes,
 * triggers and views, the forms of adopted tables, the objects and the components. Databases with the same image have the same
 * schema hash, and the same statements lead from the same image to the same image. SQLite compares images inside a transaction,
 * where it cannot compute the hash.
 */

const MOST_CHARACTERS = 200_000;

const OWN_NAMES = [...SYSTEM_TABLES, ...SYSTEM_INDEXES].map((name) => `'${name}'`).join(', ');

/** System tables are part of the image because the statements of a migration need them; the hash contains every view. */
const DDL = `SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE sql IS NOT NULL
  AND (type = 'view' OR substr(tbl_name, 1, 4) <> '_os_' OR name IN (${OWN_NAMES})) AND substr(tbl_name, 1, 7) <> 'sqlite_'
  AND NOT (type = 'trigger' AND substr(name, 1, 10) = '_os_count_') ORDER BY type, name`;
const OBJECTS = 'SELECT owner, definition FROM _os_object ORDER BY id';
const COMPONENTS = 'SELECT kind, name, owner, definition FROM _os_component ORDER BY kind, name';

const listOf = (columns: string, query: string) =>
  `(SELECT json_group_array(json_array(${columns})) FROM (${query}))`;

const IMAGE = `json_array(${listOf('type, name, tbl_name, sql', DDL)}, ${ADOPTED_FORMS}, ${listOf('owner, definition', OBJECTS)},
  ${listOf('kind, name, owner, definition', COMPONENTS)})`;

/** Reads the image, null if it is too large to be compared, and the version of the schema. */
export const SCHEMA_IMAGE: SqlStatement = {
  sql: `SELECT CASE WHEN length(image) <= ${MOST_CHARACTERS} THEN image END AS image, version FROM
  (SELECT ${IMAGE} AS image, (SELECT schema_version FROM temp.pragma_schema_version) AS version)`,
};

/** Asserts that the schema has one of the images. */
export const imageIsAmong = (images: readonly string[]): SqlStatement =>
  failWhen(`${IMAGE} NOT IN (${images.map(() => '?').join(', ')})`, 'OS_SCHEMA_CHANGED', [...images]);
