import type { IDataDriver } from '@objectstack/spec/contracts';
import type { ObjectDefinition } from '@objectstack/spec/data';
import type { Random } from '@objectstack/testing';
import { expect } from 'vitest';
import { fill } from '../random-changes.js';
import { DATA_CODES } from './apply-all.js';

async function idsOf(driver: IDataDriver, objects: readonly ObjectDefinition[]): Promise<Set<string>> {
  const ids = new Set<string>();
  for (const { name } of objects) for (const { id } of await driver.find(name)) ids.add(id);
  return ids;
}

const plainText = ({ fields }: ObjectDefinition) =>
  Object.keys(fields).find((key) => fields[key]?.type === 'text' && !fields[key]?.unique);

/** Adds records and changes some; returns the ids of those that are not longer as they were. */
export async function writeBetween(
  driver: IDataDriver,
  random: Random,
  objects: readonly ObjectDefinition[],
): Promise<Set<string>> {
  const known = await idsOf(driver, objects);
  const chosen = objects.filter(() => random.chance(0.7));
  await fill(driver, random, chosen).catch((error) => {
    expect([...DATA_CODES, 'validation_failed']).toContain(error.code);
  });
  const touched = new Set<string>();
  for (const object of objects) {
    const field = plainText(object);
    for (const { id } of await driver.find(object.name)) {
      if (!known.has(id)) touched.add(id);
      else if (field && random.chance(0.3)) {
        const value = random.pick(['changed', '7', '2026-05-05']);
        await driver.update(object.name, id, { [field]: value }, { system: true });
        touched.add(id);
      }
    }
  }
  return touched;
}
