import type { IDataDriver } from '@objectstack/spec/contracts';
import type { ObjectDefinition } from '@objectstack/spec/data';
import { closestName, ObjectStackError } from '@objectstack/spec/shared';
import type { CommandContext } from '../frame/command-context.js';
import { CommandError } from '../frame/command-error.js';

/** A tenant's database and the definition of one of its objects. */
export interface OpenObject {
  readonly tenantId: string;
  readonly driver: IDataDriver;
  readonly definition: ObjectDefinition;
}

/** The deployed objects of a tenant, by all owners. */
export async function deployedObjects(context: CommandContext) {
  const tenantId = await context.tenantId();
  const { runtime, dataPlane } = await context.session();
  const driver = await runtime.router.getTenantClient(tenantId);
  const { objects } = await dataPlane.schemaDiff.introspect(driver, { signal: context.signal });
  return { tenantId, driver, objects: objects.map(({ definition }) => definition) };
}

/** Opens an object of the selected tenant. Rejects with `object_not_found` and the name that was probably intended. */
export async function openObject(context: CommandContext, name: string): Promise<OpenObject> {
  const { tenantId, driver, objects } = await deployedObjects(context);
  const definition = objects.find((one) => one.name === name);
  if (definition) return { tenantId, driver, definition };
  const suggestion = closestName(
    name,
    objects.map((one) => one.name),
  );
  const hint = suggestion === undefined ? '' : ` Did you mean ${suggestion}?`;
  const error = new ObjectStackError({
    code: 'object_not_found',
    message: `No object with the name ${name} is deployed.${hint}`,
    details: { object: name, ...(suggestion !== undefined && { suggestion }) },
  });
  throw new CommandError(error, { next: ['objectstack data objects'] });
}
