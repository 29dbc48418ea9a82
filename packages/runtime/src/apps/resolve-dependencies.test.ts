import { type AppManifest, AppManifestSchema } from '@objectstack/spec/system';
import { describe, expect, it } from 'vitest';
import { type AppSource, resolveDependencies } from './resolve-dependencies.js';

const app = (name: string, version: string, requires: Record<string, string> = {}): AppManifest =>
  AppManifestSchema.parse({
    name,
    namespace: name,
    version,
    dependencies: Object.entries(requires).map(([appId, range]) => ({ appId, range })),
  });

function sourceOf(apps: readonly AppManifest[]): AppSource & { reads: number } {
  const source = {
    reads: 0,
    versionsOf: async (appId: string) =>
      apps.flatMap(({ name, version }) => (name === appId ? [version] : [])),
    manifestOf: async (appId: string, version: string) => {
      source.reads++;
      return apps.find((one) => one.name === appId && one.version === version) as AppManifest;
    },
  };
  return source;
}

const resolve = async (
  root: AppManifest,
  published: readonly AppManifest[],
  installed: readonly AppManifest[] = [],
) => {
  const { missing, issues } = await resolveDependencies(
    sourceOf(published),
    root,
    new Map(installed.map((one) => [one.name, one])),
  );
  return {
    missing: missing.map(({ name, version }) => `${name}@${version}`),
    codes: issues.map(({ code }) => code),
    messages: issues.map(({ message }) => message),
  };
};

describe('resolveDependencies', () => {
  it('chooses the newest versions that all ranges permit, required ones first, in any order of publication', async () => {
    const published = [
      app('bb', '1.0.0', { cc: '^1.0.0' }),
      app('bb', '1.1.0', { cc: '<1.2.0' }),
      app('cc', '1.0.0'),
      app('cc', '1.1.0'),
      app('cc', '1.2.0'),
    ];
    const root = app('aa', '1.0.0', { cc: '*', bb: '^1.0.0' });
    const expected = { missing: ['cc@1.1.0', 'bb@1.1.0'], codes: [], messages: [] };
    expect(await resolve(root, published)).toEqual(expected);
    expect(await resolve(root, published.toReversed())).toEqual(expected);
  });

  it('keeps installed versions', async () => {
    const published = [app('bb', '1.0.0', { cc: '^1.0.0' }), app('cc', '1.2.0')];
    const root = app('aa', '1.0.0', { bb: '*' });
    expect(await resolve(root, published, [app('cc', '1.0.0')])).toMatchObject({ missing: ['bb@1.0.0'] });
    expect(await resolve(root, published, [app('cc', '0.9.0')])).toMatchObject({
      missing: [],
      codes: ['dependency_version'],
    });
  });

  it('explains conflicts and missing versions with the path', async () => {
    const published = [
      app('bb', '1.0.0', { dd: '^1.0.0' }),
      app('cc', '1.0.0', { dd: '^2.0.0' }),
      app('dd', '1.0.0'),
      app('dd', '2.0.0'),
    ];
    const conflict = await resolve(app('aa', '1.0.0', { bb: '*', cc: '*' }), published);
    expect(conflict.codes).toEqual(['dependency_version']);
    expect(conflict.messages[0]).toContain('aa → bb requires ^1.0.0; aa → cc requires ^2.0.0');
    expect((await resolve(app('aa', '1.0.0', { zz: '*' }), published)).codes).toEqual(['dependency_missing']);
  });

  it('reports a cycle with its path', async () => {
    const published = [app('bb', '1.0.0', { cc: '*' }), app('cc', '1.0.0', { bb: '*' })];
    const { codes, messages } = await resolve(app('aa', '1.0.0', { bb: '*' }), published);
    expect(codes).toEqual(['dependency_cycle']);
    expect(messages[0]).toContain('bb → cc → bb');
  });

  it('names a few of many requirements, and the ends of a long path', async () => {
    const names = Array.from({ length: 60 }, (_, index) => `app_${index}`);
    const chain = names.map((name, index) =>
      app(name, '1.0.0', { [names[index + 1] ?? 'lib']: '*', lib: '^9' }),
    );
    const { messages } = await resolve(app('aa', '1.0.0', { app_0: '*' }), [...chain, app('lib', '1.0.0')]);
    expect(messages[0]).toContain('aa → app_0 requires ^9');
    expect(messages[0]?.length).toBeLessThan(1_000);
    const cycle = names.map((name, index) => app(name, '1.0.0', { [names[(index + 1) % 60] ?? '']: '*' }));
    const found = await resolve(app('aa', '1.0.0', { app_0: '*' }), cycle);
    expect([found.codes, found.messages[0]]).toEqual([
      ['dependency_cycle'],
      expect.stringContaining('app_8 → … → app_0'),
    ]);
  });

  it('ends for huge graphs', async () => {
    const names = Array.from({ length: 150 }, (_, index) => `app_${index}`);
    const all = Object.fromEntries(names.map((name) => [name, '*']));
    const published = names.map((name) =>
      app(name, '1.0.0', Object.fromEntries(Object.entries(all).filter(([other]) => other !== name))),
    );
    expect((await resolve(app('aa', '1.0.0', all), published)).codes).toEqual(['dependency_missing']);
    const chain = names
      .slice(0, 90)
      .map((name, index) => app(name, '1.0.0', index < 89 ? { [`app_${index + 1}`]: '*' } : {}));
    expect((await resolve(app('aa', '1.0.0', { app_0: '*' }), chain)).missing).toHaveLength(90);
  });
});
