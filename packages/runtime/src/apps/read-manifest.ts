import { createHash } from 'node:crypto';
import { ObjectStackError, runSteps } from '@objectstack/spec/shared';
import { type AppManifest, AppManifestSchema } from '@objectstack/spec/system';
import { reuseCanonicalText } from '../bundle/canonical-json-steps.js';
import { copyPlainJson } from '../bundle/copy-plain-json.js';
import { IssueLog } from '../bundle/issue-log.js';
import { ByteLimitedCache } from '../shared/byte-limited-cache.js';
import { freezeOutsideIn } from '../shared/freeze-outside-in.js';
import { parseInput } from '../shared/parse-input.js';

/** Total size of the manifests that are not parsed again: one is usually checked and installed in many tenants. */
const MOST_BYTES = 4 * 2 ** 20;

const manifests = new ByteLimitedCache<AppManifest>(MOST_BYTES);

/** The parsed, frozen manifest of plain JSON, which is parsed only once. */
function parseManifest(plain: unknown): AppManifest {
  const text = JSON.stringify(plain) ?? '';
  const key = createHash('sha256').update(text).digest('hex');
  const known = manifests.get(key);
  if (known) return known;
  const { $schema: _schema, ...parsed } = parseInput(AppManifestSchema, plain, 'manifest');
  const manifest = runSteps(freezeOutsideIn(parsed as AppManifest));
  reuseCanonicalText(manifest);
  manifests.set(key, manifest, text.length);
  return manifest;
}

/** A manifest of the caller as plain JSON within the limits of a bundle, frozen. Throws `invalid_request`. */
export function readManifest(input: unknown): AppManifest {
  const issues = new IssueLog();
  const plain = copyPlainJson(input, issues);
  if (issues.errorCount > 0)
    throw new ObjectStackError({
      code: 'invalid_request',
      message: 'The manifest is not plain JSON within the limits of a bundle.',
      details: {
        issues: issues.toResult().issues.map(({ path, code, message }) => ({ path, code, message })),
      },
    });
  return parseManifest(plain);
}
