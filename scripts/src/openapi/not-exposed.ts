const SQL = 'Takes SQL, which no caller of a service hands in.';
const CONNECTION = 'A service connects by itself.';
const TRANSACTION = 'A transaction lives in one process; a bulk operation is one request, all or none.';
const DEPLOYED = 'A service deploys through the pipeline, which records what it did.';
const IN_PROCESS = 'Hands over or changes something inside the process.';
const MAINTENANCE = 'The runtime calls it when a deadline is past.';

/** Methods that a service does not expose, and why; a contract by its name means all of its methods. */
export const NOT_EXPOSED: Readonly<Record<string, string>> = {
  DataPlane: 'What a runtime is handed; it stays inside the process.',
  DataPlaneDefaults: 'What an embedded data plane brings; it stays inside the process.',
  IBundleStore: 'Where a runtime keeps bundles; planning a deployment stores one.',
  ISecretSealer: 'Handles secrets in the clear, which never leave the process.',
  ITenantRegistry: 'The memory of the control plane; the other services answer from it.',
  ITursoPlatformService: 'Goes around tenants: whoever provisions and destroys them calls it.',
  SqlDatabase: SQL,
  SqlTransaction: SQL,
  'IDataDriver.connect': CONNECTION,
  'IDataDriver.disconnect': CONNECTION,
  'IDataDriver.checkHealth': CONNECTION,
  'IDataDriver.refresh': 'Every call notices what was deployed.',
  'IDataDriver.execute': SQL,
  'IDataDriver.executeAtomic': SQL,
  'IDataDriver.findStream': 'The same records as those of find, which a remote caller reads in pages.',
  'IDataDriver.beginTransaction': TRANSACTION,
  'IDataDriver.commit': TRANSACTION,
  'IDataDriver.rollback': TRANSACTION,
  'IDataDriver.syncSchema': DEPLOYED,
  'IDataDriver.syncSchemasBatch': DEPLOYED,
  'ISchemaDiffService.applyMigrations': DEPLOYED,
  'ISchemaDiffService.generateMigrations': DEPLOYED,
  'ISchemaDiffService.lint': 'Needs no database: whoever has both versions asks where they are.',
  'ISchemaDiffService.readPlan': DEPLOYED,
  'ISchemaDiffService.readHistory': 'The pipeline answers with its records of deployments.',
  'ISchemaDiffService.sweepKept': MAINTENANCE,
  'ISchemaDiffService.eraseKept': 'Erasing what is kept aside is up to whoever runs the service.',
  'ITenantRouter.getTenantClient': IN_PROCESS,
  'ITenantRouter.invalidateCache': IN_PROCESS,
};
