import type { Runtime } from '@objectstack/runtime';
import type { DataPlane, ITenantRegistry } from '@objectstack/spec/contracts';
import type { LoadedConfig } from '../config/load-config.js';
import type { Output } from '../output/output.js';
import type { Project } from '../project/load-project.js';
import type { Environment } from './environment.js';

/** Options that every command has. */
export interface GlobalOptions {
  readonly config?: string;
  readonly dir?: string;
  readonly bundle?: string;
  readonly organization?: string;
  readonly tenant?: string;
  readonly json?: boolean;
}

/** Runtime and data plane of the configuration. */
export interface Session {
  readonly runtime: Runtime;
  readonly dataPlane: DataPlane;
}

/** What an action works with. Every part is loaded when it is first needed, and closed when the command ends. */
export interface CommandContext {
  readonly environment: Environment;
  readonly output: Output;
  readonly signal: AbortSignal;
  config(): Promise<LoadedConfig>;
  session(): Promise<Session>;
  /** Only the registry of the session, for a command that needs nothing else. */
  registry(): Promise<ITenantRegistry>;
  /** The bundle at a path, or that of the configuration. */
  project(path?: string): Promise<Project>;
  /** Id of the selected tenant. */
  tenantId(reference?: string): Promise<string>;
}
