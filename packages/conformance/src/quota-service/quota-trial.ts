import type {
  IDeploymentService,
  IProvisioningService,
  IQuotaService,
  ITenantService,
} from '@objectstack/spec/contracts';
import type { QuotaReservation, TenantQuotaOverrides } from '@objectstack/spec/system';

/** The services of one process. */
export interface QuotaProcess {
  /** The tested service. */
  readonly quotas: IQuotaService;
  /** Creates the tenants of a test. */
  readonly provisioning: IProvisioningService;
  /** Sets their quotas and members. */
  readonly tenants: ITenantService;
  /** Deploys their bundles. */
  readonly deployments: IDeploymentService;
}

export interface QuotaServiceSubject extends QuotaProcess {
  /** Creates the services of another process, with the same registry, databases and clock. */
  readonly another: () => Promise<QuotaProcess>;
  /** Moves the clock of all processes forward. It starts at midnight UTC. */
  readonly advance: (milliseconds: number) => void;
  /** Closes all processes and removes their databases. */
  readonly destroy?: () => Promise<void>;
}

/** What a check works with: a process without tenants. */
export class QuotaTrial {
  readonly subject: QuotaServiceSubject;

  constructor(subject: QuotaServiceSubject) {
    this.subject = subject;
  }

  get quotas(): IQuotaService {
    return this.subject.quotas;
  }

  /** Creates an active tenant with these quotas and no others, and returns its id. */
  async tenant(quotas: TenantQuotaOverrides): Promise<string> {
    const { tenantId } = await this.subject.provisioning.provisionTenant({
      orgId: 'acme',
      plan: 'enterprise',
    });
    await this.subject.tenants.setQuotas(tenantId, quotas);
    return tenantId;
  }

  /** Deploys this number of objects. */
  async deploy(tenantId: string, count: number): Promise<void> {
    const objects = Array.from({ length: count }, (_, index) => ({ name: `object_${index}`, fields: {} }));
    await this.subject.deployments.deploy(tenantId, { manifest: { version: `1.0.${count}` }, objects });
  }

  /** The granted ones of concurrent reservations, in turn by each of the services. */
  async granted(
    services: readonly IQuotaService[],
    reserve: (quotas: IQuotaService) => Promise<QuotaReservation>,
    times: number,
  ): Promise<QuotaReservation[]> {
    const calls = Array.from({ length: times }, (_, index) =>
      reserve(services[index % services.length] ?? this.quotas),
    );
    const settled = await Promise.allSettled(calls);
    return settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  }
}
