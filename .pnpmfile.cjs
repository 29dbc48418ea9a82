// pnpm 10 asks before it replaces a node_modules that another version made, and without a terminal it gives up.
// In pnpm-workspace.yaml the setting would make pnpm 12, which never asks, warn on every command.
module.exports = {
  hooks: {
    updateConfig: (config) => Object.assign(config, { confirmModulesPurge: false }),
  },
};
