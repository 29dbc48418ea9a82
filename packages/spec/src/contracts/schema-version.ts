import type { ObjectDefinition } from '../data/object.zod.js';
import type { Component } from '../system/schema.zod.js';

/** Metadata of one version of an application. */
export interface SchemaVersion {
  /** Object definitions of the version. */
  objects: readonly ObjectDefinition[];
  /** Views, flows and permission sets of the version. If omitted, they are not compared. */
  components?: readonly Component[];
}

/** Options for comparing two versions. */
export interface LintOptions {
  /** Owner whose metadata is compared: `tenant`, or the id of an app. Defaults to `tenant`. */
  owner?: string;
}
