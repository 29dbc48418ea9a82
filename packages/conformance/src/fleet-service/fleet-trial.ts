import assert from 'node:assert/strict';
import type {
  IAppLifecycleService,
  IAppService,
  IDataDriver,
  IDeploymentService,
  IDeployPipelineService,
  IFleetService,
  IProvisioningService,
  ITenantRouter,
} from '@objectstack/spec/contracts';
import { type Rollout, RolloutSchema } from '@objectstack/spec/system';
import { RELEASES, type SampleRelease } from './sample-releases.js';

/** The services of one process. */
export interface FleetProcess {
  /** The tested service. */
  readonly fleet: IFleetService;
  /** Creates the tenants of a test. */
  readonly provisioning: IProvisioningService;
  /** Deploys to single tenants, and reads what was deployed. */
  readonly deployments: IDeploymentService & IDeployPipelineService;
  /** Reads and writes the records of tenants. */
  readonly router: ITenantRouter;
  /** Installs apps into tenants, and reads them. */
  readonly apps: IAppLifecycleService & IAppService;
}

export interface FleetServiceSubject extends FleetProcess {
  /** Creates the services of another process, with the same registry, bundles, databases and clock. */
  readonly another: () => Promise<FleetProcess>;
  /** Moves the clock of all processes forward. */
  readonly advance: (milliseconds: number) => void;
  /** Closes all processes and removes their databases. */
  readonly destroy?: () => Promise<void>;
}

/** What a check works with: a process without tenants. */
export class FleetTrial {
  readonly subject: FleetServiceSubject;

  constructor(subject: FleetServiceSubject) {
    this.subject = subject;
  }

  get fleet(): IFleetService {
    return this.subject.fleet;
  }

  get advance(): (milliseconds: number) => void {
    return this.subject.advance;
  }

  /** Creates releases and active tenants that run the first version; returns the ids of the tenants, sorted. */
  async open(tenants: number, ...releases: SampleRelease[]): Promise<string[]> {
    for (const name of releases) await this.fleet.createRelease(RELEASES[name], { name });
    const tenantIds: string[] = [];
    for (let index = 0; index < tenants; index++) {
      const { tenantId } = await this.subject.provisioning.provisionTenant({ orgId: 'acme' });
      await this.subject.deployments.deploy(tenantId, RELEASES.first);
      tenantIds.push(tenantId);
    }
    return tenantIds.sort();
  }

  driver(tenantId: string): Promise<IDataDriver> {
    return this.subject.router.getTenantClient(tenantId);
  }

  /** Creates two accounts with the same email address, which prevent the release `unique`. Returns their ids. */
  async duplicate(tenantId: string): Promise<string[]> {
    const driver = await this.driver(tenantId);
    const ids: string[] = [];
    for (const name of ['a', 'b'])
      ids.push(String((await driver.create('account', { name, email: 'same@example.com' })).id));
    return ids;
  }

  /** Versions of the latest deployments. */
  async versions(tenantIds: readonly string[]): Promise<string[]> {
    const versions: string[] = [];
    for (const tenantId of tenantIds)
      versions.push((await this.subject.deployments.latest(tenantId))?.bundleVersion ?? 'none');
    return versions;
  }

  /** Waits for the end of the rollout and returns it, validated by its schema. */
  async ended(rolloutId: string, fleet: IFleetService = this.fleet): Promise<Rollout> {
    const rollout = await fleet.waitForRollout(rolloutId);
    assert.deepEqual(RolloutSchema.parse(rollout), rollout);
    return rollout;
  }

  /** Waits until the rollout attempts tenants that are used. */
  async serving(rolloutId: string): Promise<void> {
    for await (const { accessUntil } of this.fleet.watchRollout(rolloutId))
      if (accessUntil !== undefined) return;
    assert.fail('The rollout ended without waiting for accesses.');
  }

  /** Waits until the rollout pauses after a wave. */
  async baking(rolloutId: string, fleet: IFleetService = this.fleet): Promise<Rollout> {
    for await (const rollout of fleet.watchRollout(rolloutId))
      if (rollout.bakeUntil !== undefined) return rollout;
    return assert.fail('The rollout ended without a pause after a wave.');
  }
}
