import type { IDataDriver } from '@objectstack/spec/contracts';
import { seedsSoFar } from '../deploy/seeds-so-far.js';
import type { TemplateContext } from './template-context.js';

/**
 * Whether the database of a driver contains every deployment of its template with all seeds. A copy does not if it was
 * made while the lost database of the template was built again.
 */
export async function isCompleteCopy(
  context: TemplateContext,
  { driver, templateDatabase }: { driver: IDataDriver; templateDatabase: string },
): Promise<boolean> {
  const recorded = await context.registry.listDeployments(templateDatabase);
  const history = await context.dataPlane.schemaDiff.readHistory(driver);
  const isPresent = (id: string) => history.some((entry) => entry.id === id);
  if (history.length === 0 || !recorded.every(({ id }) => isPresent(id))) return false;
  for (const record of recorded) {
    const { isComplete, isBundleStored } = await seedsSoFar(context, driver, record);
    if (isBundleStored && !isComplete) return false;
  }
  return true;
}
