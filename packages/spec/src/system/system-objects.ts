import type { Field } from '../data/field.zod.js';

/** A system object: like an object of a bundle, with a name that no bundle can use. */
export interface SystemObject {
  readonly name: `_os_${string}`;
  readonly fields: Readonly<Record<string, Field>>;
}

const text: Field = { type: 'text' };
const required: Field = { type: 'text', required: true, storage: { notNull: true } };
const count: Field = { type: 'number', required: true, storage: { notNull: true } };
const json: Field = { type: 'json', required: true, storage: { notNull: true } };

/** System tables in a tenant's database. They are read and written like any object, but only by system writes. */
export const SYSTEM_OBJECTS = {
  /** One row: the tenant that the database belongs to. Its id is the tenant id. */
  tenant: { name: '_os_tenant', fields: { format_version: count } },
  /** Deployed objects; the id is the name. */
  object: { name: '_os_object', fields: { owner: required, definition: json } },
  /** Deployed views, flows and permission sets; the id is `kind/name`. */
  component: {
    name: '_os_component',
    fields: { kind: required, name: required, owner: required, definition: json },
  },
  /** Deployment history; `sequence` starts at 1. */
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
      /** Owner of the deployed metadata. */
      owner: required,
      /** Deployment that this one rolled back. */
      rollback_of: text,
      /** Information needed to roll back this deployment; null after it was rolled back or became irreversible. */
      undo: { type: 'json' },
    },
  },
  /**
   * Tables of values that deployments removed; the id is the name of the table, `object` the latest name of the object.
   */
  undo: {
    name: '_os_undo',
    fields: {
      deployment: required,
      object: required,
      expires_at: { type: 'datetime', required: true, storage: { notNull: true } },
    },
  },
  /** Seed datasets that were written; the id is the hash of the dataset. */
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
   * Last write of each slot in which a connection to a server sends its writes, so that a retried write never takes
   * effect twice; the id is the slot.
   */
  request: { name: '_os_request', fields: { sequence: count } },
  /**
   * Records that seed data created. `object` is the current name of the object; `created_at` is that of the record, and
   * `updated_at` its value when seed data last wrote it.
   */
  seed_record: {
    name: '_os_seed_record',
    fields: { object: required, record: required, deployment: required },
  },
  /** Records and lookups that seed data removed or overwrote, for a rollback of their deployment. */
  seed_kept: {
    name: '_os_seed_kept',
    fields: {
      deployment: required,
      object: required,
      record: required,
      /** `removed`, `updated`, `reference` (a lookup that was cleared), or `restored`. */
      kind: required,
      content: json,
      expires_at: { type: 'datetime', required: true, storage: { notNull: true } },
    },
  },
  /**
   * Last number of each autonumber counter; the id is `object.field`, for a format with tokens `object.field:` and
   * their values. Those of a removed object remain under the name with `REMOVED_OBJECT_PREFIX`.
   */
  sequence: { name: '_os_sequence', fields: { last_value: count } },
} as const satisfies Record<string, SystemObject>;

/** Owner of the metadata that a tenant deploys itself. */
export const TENANT_OWNER = 'tenant';

/** Prefix of the name of an object that a deployment removed, until the rollback that adds it again. */
export const REMOVED_OBJECT_PREFIX = '_os_gone_';
