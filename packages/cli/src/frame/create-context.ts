import type { LoadedConfig } from '../config/load-config.js';
import type { OpenRegistry } from '../config/open-registry.js';
import type { Output } from '../output/output.js';
import type { CommandContext, GlobalOptions, Session } from './command-context.js';
import type { Environment } from './environment.js';

export interface ClosableContext extends CommandContext {
  /** Closes what was opened. */
  close(): Promise<void>;
}

/** Caches the parts that actions share. Modules are loaded with the part that needs them, because `--help` needs none. */
export function createContext(
  environment: Environment,
  output: Output,
  globals: GlobalOptions,
): ClosableContext {
  let config: Promise<LoadedConfig> | undefined;
  let session: Promise<Session> | undefined;
  let registry: Promise<OpenRegistry> | undefined;
  const context: ClosableContext = {
    environment,
    output,
    signal: environment.signal,
    config() {
      config ??= import('../config/load-config.js').then(({ loadConfig }) =>
        loadConfig(environment, globals),
      );
      return config;
    },
    session() {
      session ??= context.config().then(async (loaded) => {
        const { openSession } = await import('../config/open-session.js');
        return openSession(loaded);
      });
      return session;
    },
    async registry() {
      registry ??= context.config().then(async (loaded) => {
        const { openRegistry } = await import('../config/open-registry.js');
        return openRegistry(loaded);
      });
      return (await registry).registry;
    },
    async project(path) {
      const { loadProject } = await import('../project/load-project.js');
      return loadProject(environment, path ?? (await context.config()).bundlePath);
    },
    async tenantId(reference) {
      const { findTenant } = await import('../project/find-tenant.js');
      return findTenant(await context.session(), (await context.config()).settings, reference);
    },
    async close() {
      await (await session?.catch(() => undefined))?.runtime.close();
      await (await registry?.catch(() => undefined))?.close();
    },
  };
  return context;
}
