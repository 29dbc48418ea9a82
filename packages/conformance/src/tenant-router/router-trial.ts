import type {
  IDeploymentService,
  IProvisioningService,
  ITenantRouter,
  ITenantService,
  ResolveTenantOptions,
} from '@objectstack/spec/contracts';
import type { AuthSession } from '@objectstack/spec/identity';
import type { TenantRuntimeContext } from '@objectstack/spec/kernel';
import {
  type DeployBundleInput,
  defineBundle,
  type TenantResolverConfigInput,
} from '@objectstack/spec/system';

/** Configuration that the routers of the suite must have. */
export const ROUTER_SUITE_RESOLVER: TenantResolverConfigInput = {
  strategies: ['header', 'subdomain', 'path', 'token', 'lookup'],
  baseDomain: 'example.com',
  forwardedHostHeader: 'x-forwarded-host',
};

/** The services of one process. Its provisioning, deployments and naming of tenants notify its router. */
export interface RouterProcess {
  /** The tested router. */
  readonly router: ITenantRouter;
  /** Creates, suspends and destroys the tenants of a test. */
  readonly provisioning: IProvisioningService;
  /** Sets their slugs and host names. */
  readonly tenants: ITenantService;
  /** Deploys their bundles. */
  readonly deployments: IDeploymentService;
}

export interface TenantRouterSubject extends RouterProcess {
  /** TTL of the routers, in milliseconds. More than 1,000. */
  readonly ttlMs: number;
  /** Creates the services of another process, with the same registry, databases and clock. */
  readonly another: () => Promise<RouterProcess>;
  /** Moves the clock of all processes forward. */
  readonly advance: (milliseconds: number) => void;
  /** Closes all processes and removes their databases. */
  readonly destroy?: () => Promise<void>;
}

export interface Names {
  readonly slug?: string;
  readonly hostnames?: readonly string[];
}

/** A session that does not expire during the tests. */
export const sessionOf = (activeOrganizationId: string): AuthSession => ({
  id: 'session',
  userId: 'ada',
  activeOrganizationId,
  expiresAt: '2999-01-01T00:00:00.000Z',
});

/** A bundle with one object, in this version. */
export const bundleOf = (version: string): DeployBundleInput =>
  defineBundle({
    manifest: { version },
    objects: [{ name: 'note', fields: { body: { type: 'text' } } }],
  });

/** What a check works with: a process without tenants. */
export class RouterTrial {
  readonly subject: TenantRouterSubject;

  constructor(subject: TenantRouterSubject) {
    this.subject = subject;
  }

  get router(): ITenantRouter {
    return this.subject.router;
  }

  /** Creates an active tenant with names, and returns its id. */
  async tenant(orgId = 'acme', { slug, hostnames }: Names = {}): Promise<string> {
    const { provisioning, tenants } = this.subject;
    const { tenantId } = await provisioning.provisionTenant({ orgId });
    if (slug !== undefined) await tenants.setSlug(tenantId, slug);
    if (hostnames) await tenants.setHostnames(tenantId, hostnames);
    return tenantId;
  }

  context(options?: ResolveTenantOptions, organizationId = 'acme'): Promise<TenantRuntimeContext> {
    return this.router.resolveTenant(sessionOf(organizationId), options);
  }

  /** Id of the tenant that the options select. */
  async selected(options?: ResolveTenantOptions, organizationId = 'acme'): Promise<string> {
    return (await this.context(options, organizationId)).tenantId;
  }
}
