import { isPlainObject } from '@objectstack/spec/shared';
import { defineBundle } from '@objectstack/spec/system';
import { partFromOneSupplier } from './objects/changes/part.js';
import { part } from './objects/part.js';
import { partUsage } from './objects/part-usage.js';
import { version2 } from './version-2.js';

const changed: ReadonlySet<string> = new Set([part.name, partUsage.name]);
const withoutPartUsage = <T>(objects: Record<string, T>) =>
  Object.fromEntries(Object.entries(objects).filter(([name]) => name !== partUsage.name));

/**
 * Version 2 without the parts of each visit, which are billed in another system, and with one supplier. Removes data.
 */
export const version3 = defineBundle({
  ...version2,
  manifest: {
    id: 'example.castlehire.helpdesk',
    name: 'Castle Hire help desk',
    version: '3.0.0',
    description: 'Rents out, repairs and inspects construction machines. Bills parts in another system.',
  },
  objects: [...(version2.objects ?? []).filter(({ name }) => !changed.has(name)), partFromOneSupplier],
  permissions: (version2.permissions ?? []).map((set) => ({
    ...set,
    ...(isPlainObject(set.objects) && { objects: withoutPartUsage(set.objects) }),
  })),
  seedData: (version2.seedData ?? []).filter(({ object }) => !changed.has(object)),
});
