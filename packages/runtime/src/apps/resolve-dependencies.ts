import type { AppCompatibilityIssue, AppManifest } from '@objectstack/spec/system';
import { rcompare } from 'semver';
import { isInRange } from './check-dependencies.js';

/*
 * Chooses one version of each required app: the newest that every range permits. The ranges are those of the versions
 * chosen so far, so the choice is repeated until it no longer changes. Apps are visited by name, so the result depends
 * only on the published versions. An installed app keeps its version.
 */

/** Published versions that may be chosen. */
export interface AppSource {
  /** Versions that are not yanked. */
  versionsOf(appId: string): Promise<readonly string[]>;
  manifestOf(appId: string, version: string): Promise<AppManifest>;
}

export interface Resolution {
  /** Missing apps, each after those that it requires. Empty if there are issues. */
  readonly missing: readonly AppManifest[];
  readonly issues: readonly AppCompatibilityIssue[];
}

interface Requirement {
  readonly range: string;
  /** Names of the apps from the requested one to the one that requires it. */
  readonly path: readonly string[];
}

type Chosen = Map<string, AppManifest>;

type Choice =
  | { readonly app: AppManifest; readonly issue?: undefined }
  | { readonly app?: undefined; readonly issue: AppCompatibilityIssue };

const MOST_APPS = 100;
const MOST_ROUNDS = 1_000;
const MOST_TOLD = 5;
const MOST_STEPS = 10;

const error = (
  code: AppCompatibilityIssue['code'],
  subject: string,
  message: string,
): AppCompatibilityIssue => ({
  severity: 'error',
  code,
  subject,
  message,
});

/** Requirements of each reachable app by the chosen versions. */
function requirementsOf(root: AppManifest, chosen: Chosen): Map<string, Requirement[]> {
  const found = new Map<string, Requirement[]>();
  const pending: { app: AppManifest; path: readonly string[] }[] = [{ app: root, path: [root.name] }];
  const seen = new Set([root.name]);
  for (let next = pending.shift(); next; next = pending.shift())
    for (const { appId, range, optional } of next.app.dependencies) {
      if (optional || appId === root.name) continue;
      found.set(appId, [...(found.get(appId) ?? []), { range, path: next.path }]);
      const app = chosen.get(appId);
      if (!app || seen.has(appId)) continue;
      seen.add(appId);
      pending.push({ app, path: [...next.path, appId] });
    }
  return found;
}

/** The first requirements, and how many there are besides: a message names no more than a person reads. */
function told(requirements: readonly Requirement[]): string {
  const named = requirements
    .slice(0, MOST_TOLD)
    .map(({ range, path }) => `${pathText(path)} requires ${range}`)
    .join('; ');
  const more = requirements.length - MOST_TOLD;
  return more > 0 ? `${named}; and ${more} more` : named;
}

/** A long path without its middle. */
const pathText = (path: readonly string[]) =>
  (path.length > MOST_STEPS ? [...path.slice(0, MOST_STEPS - 1), '…', path.at(-1)] : path).join(' → ');

async function choose(
  source: AppSource,
  [appId, requirements]: readonly [string, readonly Requirement[]],
): Promise<Choice> {
  const versions = [...(await source.versionsOf(appId))].sort(rcompare);
  const version = versions.find((one) => requirements.every(({ range }) => isInRange(one, range)));
  if (version !== undefined) return { app: await source.manifestOf(appId, version) };
  const isUnknown = !requirements.some(({ range }) => versions.some((one) => isInRange(one, range)));
  const issue = isUnknown
    ? error(
        'dependency_missing',
        appId,
        `The app registry has no suitable version of ${appId}: ${told(requirements)}.`,
      )
    : error('dependency_version', appId, `No version of ${appId} suits all: ${told(requirements)}.`);
  return { issue };
}

/** Apps after those that they require; an app on a cycle is reported with the path. */
function inOrder(root: AppManifest, missing: Chosen): Resolution {
  const done = new Set<string>();
  const order: AppManifest[] = [];
  const issues: AppCompatibilityIssue[] = [];
  function visit(app: AppManifest, path: readonly string[]): void {
    if (done.has(app.name)) return;
    if (path.includes(app.name)) {
      const cycle = [...path.slice(path.indexOf(app.name)), app.name];
      issues.push(error('dependency_cycle', app.name, `The apps require each other: ${pathText(cycle)}.`));
      return;
    }
    for (const { appId, optional } of app.dependencies) {
      const next = appId === root.name ? root : missing.get(appId);
      if (next && !optional) visit(next, [...path, app.name]);
    }
    if (done.has(app.name)) return;
    done.add(app.name);
    if (app !== root) order.push(app);
  }
  visit(root, []);
  return issues.length > 0 ? { missing: [], issues: issues.slice(0, 1) } : { missing: order, issues };
}

/** Chooses the required apps that are missing. Bounded: at most 100 apps. */
export async function resolveDependencies(
  source: AppSource,
  root: AppManifest,
  installed: ReadonlyMap<string, AppManifest>,
): Promise<Resolution> {
  const chosen: Chosen = new Map(installed);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const requirements = [...requirementsOf(root, chosen)].sort(([a], [b]) => (a < b ? -1 : 1));
    if (requirements.length > MOST_APPS)
      return {
        missing: [],
        issues: [error('dependency_missing', root.name, `The app requires more than ${MOST_APPS} apps.`)],
      };
    const changed = await chooseNext(source, { requirements, installed, chosen });
    if (changed?.issue) return { missing: [], issues: [changed.issue] };
    if (!changed) {
      const missing = new Map(
        requirements.flatMap(([appId]): [string, AppManifest][] => {
          const app = installed.has(appId) ? undefined : chosen.get(appId);
          return app ? [[appId, app]] : [];
        }),
      );
      return inOrder(root, missing);
    }
  }
  return {
    missing: [],
    issues: [error('dependency_version', root.name, 'No set of versions suits all dependencies.')],
  };
}

/** Changes the first choice that does not suit; `undefined` if all do. */
async function chooseNext(
  source: AppSource,
  {
    requirements,
    installed,
    chosen,
  }: {
    requirements: readonly [string, Requirement[]][];
    installed: ReadonlyMap<string, AppManifest>;
    chosen: Chosen;
  },
): Promise<Choice | undefined> {
  for (const entry of requirements) {
    const [appId, needed] = entry;
    const now = chosen.get(appId);
    if (now && needed.every(({ range }) => isInRange(now.version, range))) continue;
    if (installed.has(appId))
      return {
        issue: error(
          'dependency_version',
          appId,
          `${appId} ${now?.version} is installed, and ${told(needed)}.`,
        ),
      };
    const next = await choose(source, entry);
    if (next.app) chosen.set(appId, next.app);
    return next;
  }
  return undefined;
}
