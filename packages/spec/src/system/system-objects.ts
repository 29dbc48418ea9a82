import type { Field } from '../data/field.zod.js';

/** An object of ours: like one of a bundle, with a name that no bundle can take. */
export interface SystemObject {
  readonly name: `_os_${string}`;
  readonly fields: Readonly<Record<string, Field>>;
}

const text: Field = { type: 'text' };
const required: Field = { type: 'text', required: true, storage: { notNull: true } };
const count: Field = { type: 'number', required: true, storage: { notNull: true } };
const json: Field = { type: 'json', required: true, storage: { notNull: true } };

/** Tables of ours in a tenant's database. They are read and written like any object, by system writes only. */
export const SYSTEM_OBJECTS = {
  /** One row: whose database this is. Its id is the tenant id. */
  tenant: { name: '_os_tenant', fields: { format_version: count } },
  /** Deployed objects; the id is the name. */
  object: { name: '_os_object', fields: { owner: required, definition: json } },
  /** Deployed views, flows and permission sets; the id is `kind/name`. */
  component: {
    name: '_os_component',
    fields: { kind: required, name: required, owner: required, definition: json },
  },
  /** History of deployments; `sequence` counts from 1. */
  deployment: {
    name: '_os_deployment',
    fields: {
      sequence: count,
      plan_hash: required,
      bundle_checksum: text,
      bundle_version: text,
      base_schema_hash: required,
      target_schema_hash: required,
      statements: count,
      /** Whose metadata it deployed. */
      owner: required,
      /** Deployment that this one undid. */
      rollback_of: text,
      /** What it takes to undo this one; empty once it is rolled back or out of reach. */
      undo: { type: 'json' },
    },
  },
  /** Tables of values that deployments took away; the id is the name of the table, `object` the latest name of the object. */
  undo: {
    name: '_os_undo',
    fields: {
      deployment: required,
      object: required,
      expires_at: { type: 'datetime', required: true, storage: { notNull: true } },
    },
  },
  /** Seed sets that were written; the id is the hash of the set. */
  seed: {
    name: '_os_seed',
    fields: {
      object: required,
      records_done: count,
      result: json,
      completed: { type: 'boolean', required: true },
    },
  },
  /**
   * Last write of each slot in which a connection to a server sends its writes, so that sending one again never takes
   * effect twice; the id is the slot.
   */
  request: { name: '_os_request', fields: { sequence: count } },
  /**
   * Records that seeds created. `object` is the name that the object has now; `created_at` is that of the record, and
   * `updated_at` what the record had when a seed last wrote it.
   */
  seed_record: {
    name: '_os_seed_record',
    fields: { object: required, record: required, deployment: required },
  },
  /** What seeds removed or overwrote, for a rollback of their deployment. */
  seed_kept: {
    name: '_os_seed_kept',
    fields: {
      deployment: required,
      object: required,
      record: required,
      /** `removed`, `updated`, `reference` (a lookup that was emptied), or `restored`. */
      kind: required,
      content: json,
      expires_at: { type: 'datetime', required: true, storage: { notNull: true } },
    },
  },
  /** Last number of each autonumber counter; the id is `object.field`, of a format with tokens `object.field:` and their values. */
  sequence: { name: '_os_sequence', fields: { last_value: count } },
} as const satisfies Record<string, SystemObject>;

/** Owner of what a tenant deploys itself. */
export const TENANT_OWNER = 'tenant';
