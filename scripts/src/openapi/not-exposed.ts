const SQL = 'Accepts SQL, which callers of a service must not send.';
const CONNECTION = 'A service manages its own connections.';
const TRANSACTION = 'A transaction belongs to one process; a bulk operation is one atomic request.';
const DEPLOYED = 'A service deploys through the pipeline, which records each deployment.';
const IN_PROCESS = 'Returns or changes objects of the process.';
const RESERVATION = 'Callers of a service add usage through its other operations, which are limited.';
const MAINTENANCE = 'The runtime calls it after a deadline.';

/** Methods that a service does not expose, with the reason. The name of a contract stands for all of its methods. */
export const NOT_EXPOSED: Readonly<Record<string, string>> = {
  DataPlane: 'Passed to a runtime; used only inside the process.',
  DataPlaneDefaults: 'Defaults of an embedded data plane; used only inside the process.',
  IAppRegistry: 'Read by the runtime, which verifies the manifests.',
  IDatabasePool: 'Part of the database of the control plane.',
  IKeyService: 'Maintenance of the keys is the responsibility of the operator of the service.',
  ILogger: IN_PROCESS,
  IRuntimeEvents: 'Listeners are functions of the process.',
  ITelemetry: 'Passed to a runtime; used only inside the process.',
  IWorkLeases: 'Part of the database of the control plane.',
  IBundleStore: 'Stores the bundles of a runtime; planning a deployment stores a bundle.',
  IServerDatabaseStore: 'Database of the platform of libSQL servers; contains sealed keys.',
  IFleetReads: 'For operators: reads the tenants of all organizations.',
  IFleetService: 'For operators of the whole fleet, in a process that drives the rollouts.',
  IFleetStore: 'Part of the database of the control plane; the fleet service reads it.',
  ISecretSealer: 'Processes unencrypted secrets, which never leave the process.',
  IQuotaLedger: 'Part of the registry; the other services read it.',
  ITenantCopies: 'Part of the database of the control plane; the tenant data service reads it.',
  ITenantDataService: 'For operators of the service, who see the tenants of all organizations.',
  ITenantRegistry: 'Database of the control plane; the other services read it.',
  ITursoPlatformService: 'Bypasses tenants; called by the provisioning service.',
  SqlDatabase: SQL,
  SqlTransaction: SQL,
  'IDataDriver.connect': CONNECTION,
  'IDataDriver.disconnect': CONNECTION,
  'IDataDriver.checkHealth': CONNECTION,
  'IDataDriver.refresh': 'Every call detects deployments.',
  'IDataDriver.execute': SQL,
  'IDataDriver.executeAtomic': SQL,
  'IDataDriver.findStream': 'Returns the same records as find, which remote callers read in pages.',
  'IDataDriver.beginTransaction': TRANSACTION,
  'IDataDriver.commit': TRANSACTION,
  'IDataDriver.rollback': TRANSACTION,
  'IDataDriver.syncSchema': DEPLOYED,
  'IDataDriver.syncSchemasBatch': DEPLOYED,
  'ISchemaDiffService.applyBaseline': 'For the operator of the service, who places the database.',
  'ISchemaDiffService.planBaseline': 'For the operator of the service, who places the database.',
  'ISchemaDiffService.applyMigrations': DEPLOYED,
  'ISchemaDiffService.generateMigrations': DEPLOYED,
  'ISchemaDiffService.lint': 'Needs no database: call it where both versions are available.',
  'ISchemaDiffService.planMigrations': DEPLOYED,
  'ISchemaDiffService.readPlan': DEPLOYED,
  'ISchemaDiffService.readHistory': 'The pipeline returns its own deployment records.',
  'ISchemaDiffService.purgeRetained': MAINTENANCE,
  'ISchemaDiffService.eraseRetained':
    'Erasing retained data is the responsibility of the operator of the service.',
  'IQuotaService.reserve': RESERVATION,
  'IQuotaService.commit': RESERVATION,
  'IQuotaService.release': RESERVATION,
  'IQuotaService.recount': 'For the operator, after a change that bypassed the services.',
  'ITenantRouter.getTenantClient': IN_PROCESS,
  'ITenantRouter.invalidateCache': IN_PROCESS,
};
