import * as z from 'zod';
import { withoutPattern } from './without-pattern.js';

/** Pattern of machine names, which in addition must not start with `sqlite_`. */
export const MACHINE_NAME_PATTERN = /^[a-z][a-z0-9_]{0,62}$/;

/** Separates an app's namespace from its own names; reserved for apps. */
export const NAMESPACE_SEPARATOR = '__';

/** Prefix of the names of all system tables and indexes. No machine name can start with it. */
export const SYSTEM_PREFIX = '_os_';

export const MachineNameSchema = withoutPattern(z.string().regex(MACHINE_NAME_PATTERN), /^sqlite_/).describe(
  'Machine name: 1 to 63 characters in lowercase snake_case, starting with a letter and not with sqlite_.',
);
export type MachineName = z.infer<typeof MachineNameSchema>;

export const NamespaceSchema = withoutPattern(
  z.string().regex(/^[a-z][a-z0-9_]{0,18}[a-z0-9]$/),
  /__/,
).describe(
  'Namespace of an app: 2 to 20 characters in lowercase snake_case, without __ and not ending in _.',
);
export type Namespace = z.infer<typeof NamespaceSchema>;

const SEMANTIC_VERSION_PATTERN =
  /^(0|[1-9]\d{0,9})\.(0|[1-9]\d{0,9})\.(0|[1-9]\d{0,9})(-(0|[1-9]\d*|\d*[A-Za-z-][0-9A-Za-z-]*)(\.(0|[1-9]\d*|\d*[A-Za-z-][0-9A-Za-z-]*))*)?(\+[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?$/;

export const SemanticVersionSchema = z
  .string()
  .max(255)
  .regex(SEMANTIC_VERSION_PATTERN)
  .describe('Semantic version (semver.org), for example 1.4.0.');
export type SemanticVersion = z.infer<typeof SemanticVersionSchema>;

export const ChecksumSchema = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .describe('SHA-256 checksum as 64 lowercase hexadecimal digits.');
export type Checksum = z.infer<typeof ChecksumSchema>;

export const ChannelNameSchema = z
  .string()
  .regex(/^[a-z][a-z0-9_-]{0,62}$/)
  .describe(
    'Name of a channel: 1 to 63 lowercase letters, digits, hyphens and underscores, for example stable or beta.',
  );
export type ChannelName = z.infer<typeof ChannelNameSchema>;
