import type { DeployBundle, DeployValidationIssue } from '@objectstack/spec/system';
import type { TenantLayers } from './tenant-layers.js';

/** Lookups of apps to objects that the tenant's new bundle no longer has. Pure. */
export function lostReferences({ own, apps }: TenantLayers, after: DeployBundle): DeployValidationIssue[] {
  const left = new Set(after.objects.map(({ name }) => name));
  const removed = new Set(own.objects.flatMap(({ name }) => (left.has(name) ? [] : [name])));
  if (removed.size === 0) return [];
  return apps.flatMap(({ manifest }) =>
    [
      ...manifest.objects.map(({ name, fields }) => ({ name, fields })),
      ...manifest.objectExtensions.map(({ extend: name, fields = {} }) => ({ name, fields })),
    ].flatMap(({ name, fields }) =>
      Object.entries(fields).flatMap(([field, { reference }]): DeployValidationIssue[] =>
        typeof reference === 'string' && removed.has(reference)
          ? [
              {
                severity: 'error',
                path: '',
                code: 'missing_reference',
                message: `The app ${manifest.name} refers to the object ${reference} in ${name}.${field}. Keep the object, or uninstall the app first.`,
              },
            ]
          : [],
      ),
    ),
  );
}
