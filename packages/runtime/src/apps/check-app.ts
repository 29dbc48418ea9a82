import type { AppCompatibilityIssue, AppManifest } from '@objectstack/spec/system';
import { compare } from 'semver';
import { entriesOf } from '../bundle/part-of.js';
import { checkDependencies, isInRange } from './check-dependencies.js';
import { checkManifestNames } from './check-manifest-names.js';
import { checkSettings } from './check-settings.js';
import { manifestChecksum } from './checksum-of.js';
import { toAppIssue } from './composition-issue.js';
import { namespacePrefix, type TenantLayers } from './tenant-layers.js';

export interface AppCheck {
  readonly manifest: AppManifest;
  readonly layers: TenantLayers;
  readonly runtimeVersion: string;
  /** Values of settings; absent if none are known yet. */
  readonly given?: Readonly<Record<string, unknown>>;
  readonly operation: 'install' | 'upgrade' | 'check';
  readonly allowDowngrade?: boolean;
}

function checkVersion({ manifest, layers, operation, allowDowngrade }: AppCheck): AppCompatibilityIssue[] {
  const installed = layers.apps.find((app) => app.manifest.name === manifest.name)?.manifest;
  if (!installed) return [];
  const of = { path: ['version'], subject: manifest.name };
  const order = compare(manifest.version, installed.version);
  const isSame = manifestChecksum(manifest) === manifestChecksum(installed);
  if (manifest.version === installed.version)
    return isSame
      ? []
      : [
          toAppIssue({
            ...of,
            code: 'version_conflict',
            message: `Version ${manifest.version} is already installed with different content. A published version never changes.`,
            suggestion: 'Give the manifest another version.',
          }),
        ];
  if (operation === 'install')
    return [
      toAppIssue({
        ...of,
        code: 'already_installed',
        message: `${manifest.name} ${installed.version} is installed.`,
        suggestion: 'Call upgradeApp.',
      }),
    ];
  if (order >= 0 || allowDowngrade) return [];
  return [
    toAppIssue({
      ...of,
      code: 'downgrade',
      message: `${installed.version} is installed, which is newer than ${manifest.version}.`,
      suggestion: 'Set allowDowngrade, or roll back the deployment of the upgrade.',
    }),
  ];
}

function checkNamespace({ manifest, layers }: AppCheck): AppCompatibilityIssue[] {
  const installed = layers.apps.find((app) => app.manifest.name === manifest.name)?.manifest;
  const of = { path: ['namespace'], subject: manifest.namespace };
  if (installed && installed.namespace !== manifest.namespace)
    return [
      toAppIssue({
        ...of,
        code: 'namespace_taken',
        message: `The app is installed with the namespace ${installed.namespace}, which cannot change.`,
      }),
    ];
  const other = layers.apps.find(
    (app) => app.manifest.name !== manifest.name && app.manifest.namespace === manifest.namespace,
  );
  if (!other) return [];
  return [
    toAppIssue({
      ...of,
      code: 'namespace_taken',
      message: `The namespace ${manifest.namespace} belongs to ${other.manifest.name}.`,
    }),
  ];
}

/** Grants on objects of other owners deserve a look before the app is installed. */
function permissionsAskedFor(manifest: AppManifest): AppCompatibilityIssue[] {
  const prefix = namespacePrefix(manifest);
  return manifest.permissions.flatMap((set, index) =>
    entriesOf(set.objects).flatMap(([object]) =>
      object.startsWith(prefix)
        ? []
        : [
            toAppIssue(
              {
                code: 'permission_requested',
                path: ['permissions', index, 'objects', object],
                subject: object,
                message: `The permission set ${set.name} grants permissions on ${object}, which the app does not define.`,
              },
              'warning',
            ),
          ],
    ),
  );
}

function checkKernel({ manifest, runtimeVersion }: AppCheck): AppCompatibilityIssue[] {
  if (manifest.kernelRange === '*' || isInRange(runtimeVersion, manifest.kernelRange)) return [];
  return [
    toAppIssue({
      code: 'kernel_range',
      path: ['kernelRange'],
      subject: manifest.name,
      message: `The app supports the runtime versions ${manifest.kernelRange}, and this is ${runtimeVersion}.`,
    }),
  ];
}

/** What prevents the app from being installed beside these layers, from its manifest alone. Pure. */
export function checkApp(check: AppCheck): AppCompatibilityIssue[] {
  const { manifest, layers, given, operation } = check;
  const installed = new Map(layers.apps.map((app) => [app.manifest.name, app.manifest]));
  const stored = layers.apps.find((app) => app.manifest.name === manifest.name)?.settings ?? {};
  const missing = operation === 'check' ? 'warning' : 'error';
  return [
    ...checkManifestNames(manifest),
    ...checkVersion(check),
    ...checkNamespace(check),
    ...checkKernel(check),
    ...checkDependencies(manifest, installed),
    ...checkSettings(manifest, given ?? {}, { stored, missing }),
    ...permissionsAskedFor(manifest),
  ];
}
