import type { AppCompatibilityIssue, AppManifest } from '@objectstack/spec/system';
import { satisfies } from 'semver';
import { toAppIssue } from './composition-issue.js';

export const isInRange = (version: string, range: string) =>
  satisfies(version, range, { includePrerelease: false });

type Installed = ReadonlyMap<string, AppManifest>;

/** Path of required dependencies from the app back to itself; `undefined` if there is none. */
function cycleOf(manifest: AppManifest, installed: Installed): string[] | undefined {
  const seen = new Set<string>();
  const pending: string[][] = [[manifest.name]];
  for (let path = pending.pop(); path; path = pending.pop()) {
    const name = path.at(-1) ?? '';
    const app = path.length === 1 ? manifest : installed.get(name);
    for (const { appId, optional } of app?.dependencies ?? []) {
      if (optional) continue;
      if (appId === manifest.name) return [...path, appId];
      if (seen.has(appId)) continue;
      seen.add(appId);
      pending.push([...path, appId]);
    }
  }
  return undefined;
}

/** Dependencies that are missing, have an unsuitable version or form a cycle, and apps that need another version. Pure. */
export function checkDependencies(manifest: AppManifest, installed: Installed): AppCompatibilityIssue[] {
  const issues: AppCompatibilityIssue[] = [];
  for (const [index, { appId, range, optional }] of manifest.dependencies.entries()) {
    const path = ['dependencies', index];
    const found = installed.get(appId);
    if (!found && !optional)
      issues.push(
        toAppIssue({
          code: 'dependency_missing',
          path,
          subject: appId,
          message: `The app requires ${appId} ${range}, which is not installed.`,
          suggestion: `Install ${appId} ${range} first, or install with installDependencies.`,
        }),
      );
    if (found && !isInRange(found.version, range))
      issues.push(
        toAppIssue({
          code: 'dependency_version',
          path: [...path, 'range'],
          subject: appId,
          message: `The app requires ${appId} ${range}, and ${found.version} is installed.`,
          suggestion: `Upgrade ${appId} to a version in ${range}.`,
        }),
      );
  }
  const cycle = cycleOf(manifest, installed);
  if (cycle)
    issues.push(
      toAppIssue({
        code: 'dependency_cycle',
        path: ['dependencies'],
        subject: manifest.name,
        message: `The apps require each other: ${cycle.join(' → ')}.`,
      }),
    );
  for (const other of installed.values()) {
    if (other.name === manifest.name) continue;
    const needed = other.dependencies.find(({ appId }) => appId === manifest.name);
    if (!needed || isInRange(manifest.version, needed.range)) continue;
    issues.push(
      toAppIssue({
        code: 'depended_on_by',
        path: ['version'],
        subject: other.name,
        message: `${other.name} ${other.version} works with ${manifest.name} ${needed.range}, not ${manifest.version}.`,
        suggestion: `Upgrade ${other.name} to a version that works with ${manifest.version}.`,
      }),
    );
  }
  return issues;
}
