import { isStorableText } from '@objectstack/spec/data';
import { ObjectStackError, type PageRequestInput, PageRequestSchema } from '@objectstack/spec/shared';
import type { DeploymentPage, DeploymentRecord } from '@objectstack/spec/system';
import { decodeCursor, isAfter } from '../shared/encode-cursor.js';
import { pageOf } from '../shared/page-of.js';
import { parseInput } from '../shared/parse-input.js';
import type { DeployContext } from './deploy-context.js';
import { reconcileDeployments, reconcileTenant } from './reconcile-deployments.js';

export const deploymentNotFound = (details: { deploymentId?: string }) =>
  new ObjectStackError({
    code: 'deployment_not_found',
    message: 'The tenant has no deployment with this id. Call deployments.list for its deployments.',
    details,
  });

/** Rejects ids that no deployment can have, before they reach a database. */
export function assertDeploymentId(deploymentId: unknown): void {
  if (typeof deploymentId !== 'string' || !isStorableText(deploymentId)) throw deploymentNotFound({});
}

const positionOf = ({ startedAt: at, id }: DeploymentRecord) => ({ at, id });

/** See {@link IDeploymentService}. */
export function readDeployments(context: DeployContext) {
  return {
    async list(tenantId: string, page: PageRequestInput = {}): Promise<DeploymentPage> {
      const { limit, cursor } = parseInput(PageRequestSchema, page, 'page');
      const after = cursor === undefined ? undefined : decodeCursor(cursor);
      const records = await reconcileDeployments(context, tenantId);
      const found = after ? records.filter((record) => isAfter(positionOf(record), after)) : records;
      return pageOf(found, limit, positionOf);
    },
    async get(tenantId: string, deploymentId: string): Promise<DeploymentRecord> {
      assertDeploymentId(deploymentId);
      const record = (await reconcileDeployments(context, tenantId)).find(({ id }) => id === deploymentId);
      if (record) return record;
      throw deploymentNotFound({ deploymentId });
    },
    async latest(tenantId: string): Promise<DeploymentRecord | null> {
      const driver = await context.router.getTenantClient(tenantId);
      const { history, records } = await reconcileTenant(context, { tenantId, driver });
      const byId = new Map(records.map((record) => [record.id, record]));
      const inEffect = history.filter(({ isInEffect, id }) => isInEffect && byId.has(id));
      return byId.get(inEffect.at(-1)?.id ?? '') ?? null;
    },
  };
}
