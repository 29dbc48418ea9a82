export { bundleScript } from './bundle-script.js';
export { HOSTILE_VALUES } from './hostile-values.js';
export { longestGap } from './longest-gap.js';
export { type Random, randomFrom } from './random.js';
export { IS_EXHAUSTIVE, isSampled, SEED, SEEDS, times } from './seeds.js';
export { type SqldServer, startSqld } from './sqld.js';
export { temporaryFolder } from './temporary-folder.js';
export { withResolvers } from './with-resolvers.js';
