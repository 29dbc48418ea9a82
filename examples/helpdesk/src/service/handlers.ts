import type { Runtime } from '@objectstack/runtime';
import { parseRequest, toProblemResponse } from '@objectstack/spec/http';
import { LIMITS, ObjectStackError } from '@objectstack/spec/shared';
import { assertReady, DeployBundleSchema, TenantProvisioningRequestSchema } from '@objectstack/spec/system';

/** Receives the errors that are not told to the caller. */
export type Log = (error: unknown) => void;

/** Provisions a tenant. A real service authorizes its callers before. */
export async function createTenant(os: Runtime, request: Request): Promise<Response> {
  const input = await parseRequest(TenantProvisioningRequestSchema, request);
  const tenant = await os.provisioning.provisionTenant(input);
  assertReady(tenant);
  return Response.json(tenant, { status: 201 });
}

/** Deploys a bundle to a tenant. */
export async function deployBundle(os: Runtime, tenantId: string, request: Request): Promise<Response> {
  const bundle = await parseRequest(DeployBundleSchema, request, { maxBytes: LIMITS.maxBundleBytes });
  return Response.json(await os.deployments.deploy(tenantId, bundle), { status: 201 });
}

/** The response to a failed request. An unexpected error is logged, because its response does not describe it. */
export function respondToError(error: unknown, log: Log): Response {
  if (!ObjectStackError.isInstance(error)) log(error);
  return toProblemResponse(error);
}
