import { NAMESPACE_SEPARATOR } from '@objectstack/spec/shared';
import type { AppCompatibilityIssue, AppManifest } from '@objectstack/spec/system';
import { COMPONENT_LISTS } from './compose-bundle.js';
import { toAppIssue } from './composition-issue.js';
import { namespacePrefix } from './tenant-layers.js';

/** Names that an app does not own. Pure. */
export function checkManifestNames(manifest: AppManifest): AppCompatibilityIssue[] {
  const prefix = namespacePrefix(manifest);
  const issues: AppCompatibilityIssue[] = [];
  const report = (path: (string | number)[], subject: string, message: string) =>
    issues.push(
      toAppIssue({
        code: 'name_outside_namespace',
        path,
        subject,
        message,
        suggestion: `Rename it to ${prefix}${subject}.`,
      }),
    );
  const checkName = (path: (string | number)[], name: string) => {
    const rest = name.slice(prefix.length);
    if (name.startsWith(prefix) && rest !== '' && !rest.includes(NAMESPACE_SEPARATOR)) return;
    report(
      path,
      name,
      `The name ${name} is not ${prefix} followed by a name without ${NAMESPACE_SEPARATOR}.`,
    );
  };
  for (const list of ['objects', ...COMPONENT_LISTS] as const) {
    const seen = new Set<string>();
    for (const [index, { name }] of manifest[list].entries()) {
      checkName([list, index, 'name'], name);
      if (seen.size === seen.add(name).size)
        issues.push(
          toAppIssue({
            code: 'invalid_component',
            path: [list, index, 'name'],
            subject: name,
            message: `The name ${name} occurs twice in ${list}.`,
          }),
        );
    }
  }
  const own = new Set(manifest.objects.map(({ name }) => name));
  for (const [index, { fields }] of manifest.objects.entries())
    for (const field of Object.keys(fields))
      if (field.includes(NAMESPACE_SEPARATOR))
        issues.push(
          toAppIssue({
            code: 'name_outside_namespace',
            path: ['objects', index, 'fields', field],
            subject: field,
            message: `The name ${field} contains ${NAMESPACE_SEPARATOR}, which is reserved for namespaces. Fields of an app's own objects have no namespace.`,
          }),
        );
  for (const [index, { extend }] of manifest.objectExtensions.entries())
    if (own.has(extend))
      issues.push(
        toAppIssue({
          code: 'invalid_component',
          path: ['objectExtensions', index, 'extend'],
          subject: extend,
          message: `The app defines ${extend} itself. Add the fields to its definition.`,
        }),
      );
  for (const [index, { object }] of manifest.seedData.entries())
    if (!own.has(object))
      issues.push(
        toAppIssue({
          code: 'name_outside_namespace',
          path: ['seedData', index, 'object'],
          subject: object,
          message: `The app does not define the object ${object}, and an app writes seed data only to its own objects.`,
        }),
      );
  if (!hasComponents(manifest))
    issues.push(
      toAppIssue({
        code: 'invalid_component',
        path: [],
        subject: manifest.name,
        message:
          'The app has no component. Add an object, a view, a flow, a permission set or a field of an extension.',
      }),
    );
  return issues;
}

/** An app without components would leave no trace in the schema that plans are bound to. */
const hasComponents = (manifest: AppManifest) =>
  manifest.objects.length + COMPONENT_LISTS.reduce((sum, list) => sum + manifest[list].length, 0) > 0 ||
  manifest.objectExtensions.some(({ fields = {} }) => Object.keys(fields).length > 0);
