import type { RuleContext } from '../rule-context.js';

const LISTS = ['objects', 'views', 'flows', 'permissions'] as const;

/** The manifest's lists of names must be those of what the bundle holds. */
export function checkManifest(context: RuleContext): void {
  for (const list of LISTS) checkList(context, list);
}

function checkList({ bundle, issues }: RuleContext, list: (typeof LISTS)[number]): void {
  const listed = bundle.manifest[list];
  if (!listed) return;
  const held = new Set(bundle[list].map((item) => item.name));
  for (const [index, name] of listed.entries()) {
    if (held.delete(name)) continue;
    const message = `The manifest lists ${name} under ${list} once too often: the bundle does not hold it.`;
    issues.error(['manifest', list, index], { code: 'manifest_mismatch', message });
  }
  for (const name of held) {
    const message = `The manifest does not list ${name} under ${list}.`;
    issues.error(['manifest', list], { code: 'manifest_mismatch', message });
  }
}
