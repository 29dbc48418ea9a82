import type { IDataDriver } from '@objectstack/spec/contracts';
import type { CurrentSchema } from '@objectstack/spec/system';

const MOST_OBJECTS = 50;

/** Whether a tenant has records in one of its first objects; a tenant with records is a better canary. */
export async function hasRecords(driver: IDataDriver, { objects }: CurrentSchema): Promise<boolean> {
  const asked = objects.slice(0, MOST_OBJECTS).map(({ definition }) => definition.name);
  if (asked.length === 0) return false;
  const exist = asked.map((name) => `EXISTS (SELECT 1 FROM "${name}")`).join(' OR ');
  const { rows } = await driver.execute(`SELECT ${exist} AS "has"`);
  return Number(rows[0]?.has) === 1;
}
