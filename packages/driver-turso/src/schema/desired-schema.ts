import { type ObjectDefinition, separateSystemFields } from '@objectstack/spec/data';
import { type Component, type CurrentSchema, TENANT_OWNER } from '@objectstack/spec/system';
import { internDefinition } from './definition-text.js';
import { idTypesOf } from './id-types-of.js';
import { schemaHashOf } from './schema-hash-of.js';
import { tableOf } from './table-of.js';

/** Content of a database to which only these objects and components were deployed. */
export interface DesiredSchema {
  readonly objects: readonly ObjectDefinition[];
  readonly components?: readonly Component[] | undefined;
  /** Deployment owner. Default: the tenant. */
  readonly owner?: string | undefined;
}

const byText = (a: string, b: string) => (a < b ? -1 : 1);

/** Computes the schema without a database. A new database with these objects has the same hash. */
export function desiredSchema({
  objects,
  components = [],
  owner = TENANT_OWNER,
}: DesiredSchema): CurrentSchema {
  const definitions = objects.map(separateSystemFields).map(internDefinition);
  const sorted = definitions.sort((a, b) => byText(a.name, b.name));
  const known = idTypesOf(sorted);
  const content = {
    tables: sorted.map((definition) => tableOf(definition, known)),
    views: [],
    objects: sorted.map((definition) => ({ owner, definition })),
    components: [...components]
      .sort((a, b) => byText(`${a.kind}/${a.name}`, `${b.kind}/${b.name}`))
      .map((component) => ({ ...component, owner })),
  };
  return {
    dialect: 'sqlite',
    ...content,
    deploymentId: null,
    planHash: null,
    schemaVersion: 0,
    schemaHash: schemaHashOf(content),
  };
}
