import assert from 'node:assert/strict';
import type { IProvisioningService, ITenantRouter } from '@objectstack/spec/contracts';
import type { TenantProvisioningRequestInput } from '@objectstack/spec/system';

/** The services of one process. Its provisioning notifies its router. */
export interface ProvisioningProcess {
  /** The tested service. */
  readonly provisioning: IProvisioningService;
  /** Opens the databases of tenants. */
  readonly router: ITenantRouter;
}

export interface ProvisioningServiceSubject extends ProvisioningProcess {
  /** Creates the services of another process, with the same registry, databases and clock. */
  readonly another: () => Promise<ProvisioningProcess>;
  /** Returns the number of databases that exist for tenants, blocked ones included. */
  readonly countDatabases: () => Promise<number>;
  /** Closes all processes and removes their databases. */
  readonly destroy?: () => Promise<void>;
}

/** What a check works with: a process without tenants. */
export class ProvisioningTrial {
  readonly subject: ProvisioningServiceSubject;

  constructor(subject: ProvisioningServiceSubject) {
    this.subject = subject;
  }

  get provisioning(): IProvisioningService {
    return this.subject.provisioning;
  }

  /** Creates an active tenant and returns its id. */
  async tenant(request: Partial<TenantProvisioningRequestInput> = {}): Promise<string> {
    const { tenantId, status } = await this.provisioning.provisionTenant({ orgId: 'acme', ...request });
    assert.equal(status, 'active');
    return tenantId;
  }

  /** Id of the tenant that the marker of the opened database names. */
  async markerOf(tenantId: string, { router }: ProvisioningProcess = this.subject): Promise<unknown> {
    const driver = await router.getTenantClient(tenantId);
    const [marker] = await driver.find('_os_tenant', {}, { system: true });
    return marker?.id;
  }

  /** The current plan of the tenant of a request key. */
  async planOf(requestKey: string): Promise<unknown> {
    return (await this.provisioning.provisionTenant({ orgId: 'acme', requestKey })).plan;
  }
}
