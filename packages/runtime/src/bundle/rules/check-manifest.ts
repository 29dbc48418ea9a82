import type { NamedList, RuleContext } from '../rule-context.js';

const LISTS = ['objects', 'views', 'flows', 'permissions'] as const satisfies readonly NamedList[];

/** The lists of names in the manifest must match the components of the bundle; an empty list lists nothing. */
export function checkManifest(context: RuleContext): void {
  for (const list of LISTS) checkList(context, list);
}

function checkList({ bundle, issues, unparsed }: RuleContext, list: NamedList): void {
  const listed = bundle.manifest[list];
  if (listed.length === 0) return;
  const held = new Set(bundle[list].map((item) => item.name));
  for (const [index, name] of listed.entries()) {
    if (held.delete(name) || unparsed[list].has(name)) continue;
    const message = `The manifest lists ${name} under ${list} more often than the bundle contains it. Remove the name from the list.`;
    issues.error(['manifest', list, index], { code: 'manifest_mismatch', message });
  }
  for (const name of held) {
    if (unparsed[list].has(name)) continue;
    const message = `The manifest does not list ${name} under ${list}, but the bundle contains it. Add the name, or empty the list.`;
    issues.error(['manifest', list], { code: 'manifest_mismatch', message });
  }
}
