import { ObjectStackError } from '@objectstack/spec/shared';
import { type AppManifest, AppManifestSchema } from '@objectstack/spec/system';
import { copyPlainJson } from '../bundle/copy-plain-json.js';
import { IssueLog } from '../bundle/issue-log.js';
import { parseInput } from '../shared/parse-input.js';

/** A manifest of the caller as plain JSON within the limits of a bundle. Throws `invalid_request`. */
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
  const { $schema: _schema, ...manifest } = parseInput(AppManifestSchema, plain, 'manifest');
  return manifest as AppManifest;
}
