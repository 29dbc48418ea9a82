import type { CommandLineConfigInput } from '@objectstack/spec/system';

/** Returns the configuration unchanged; its type lets editors check and complete `objectstack.config.ts`. */
export const defineConfig = <const Config extends CommandLineConfigInput>(config: Config): Config => config;
