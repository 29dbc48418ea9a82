import { MISTAKE_SUFFIX } from './mistake-checks.js';

/** Path and anchor of the documentation of a requirement. */
export function anchorOfRequirement(id: string): string {
  const [, group = '', name = ''] = id.split('/');
  return group.endsWith(MISTAKE_SUFFIX)
    ? `docs/reference/mistakes.md#${group.slice(0, -MISTAKE_SUFFIX.length)}-${name}`
    : `docs/conformance/data-driver.md#${group}`;
}
