/** What the requirements of a service that installs apps ask for, by group. */
export const APP_LIFECYCLE_SERVICE_GROUPS: Readonly<Record<string, string>> = {
  check: 'Compatibility: what prevents an installation, found without changing anything.',
  install: 'Installation: complete or without effect, counted exactly, settings and secrets.',
  extension: 'Extensions of objects, by apps and by the tenant.',
  upgrade: 'Upgrades: merged with the changes of the tenant, approved, reversible.',
  uninstall: 'Removal: refused while something depends on the app; data retained, archived or purged.',
  registry: 'Installation from an app registry, with dependencies.',
};
