import { createHash } from 'node:crypto';
import { ObjectStackError, runSteps, type Steps } from '@objectstack/spec/shared';
import type { DeployBundle } from '@objectstack/spec/system';
import { canonicalJsonSteps } from './canonical-json-steps.js';
import { copyPlainJson } from './copy-plain-json.js';
import { IssueLog } from './issue-log.js';

export interface CanonicalBundle {
  /** RFC 8785 canonical JSON in UTF-8, without `manifest.checksum` and `$schema`. */
  readonly bytes: Uint8Array;
  /** SHA-256 of the bytes. */
  readonly checksum: string;
}

/** Stored bytes of a validated bundle and their checksum. Throws `invalid_bundle` if the value is not plain JSON. */
export function canonicalBundle(bundle: DeployBundle): CanonicalBundle {
  const issues = new IssueLog();
  const plain = copyPlainJson(bundle, issues);
  const { valid, issues: found } = issues.toResult();
  if (valid) return runSteps(canonicalizePlain(plain as DeployBundle));
  throw new ObjectStackError({
    code: 'invalid_bundle',
    message: 'The bundle contains a value that JSON cannot express. validateBundle reports its path.',
    details: { path: found[0]?.path, issues: found },
  });
}

/** Same for a bundle that is known to be plain JSON, in steps. */
export function* canonicalizePlain(bundle: DeployBundle): Steps<CanonicalBundle> {
  const { $schema: _schema, ...content } = bundle;
  const { checksum: _checksum, ...manifest } = bundle.manifest;
  const hash = createHash('sha256');
  const chunks: Uint8Array[] = [];
  for (const part of yield* canonicalJsonSteps({ ...content, manifest })) {
    const chunk = new TextEncoder().encode(part);
    hash.update(chunk);
    chunks.push(chunk);
    yield;
  }
  return { bytes: new Uint8Array(Buffer.concat(chunks)), checksum: hash.digest('hex') };
}
