import { runSteps } from '@objectstack/spec/shared';
import { describe, expect, it } from 'vitest';
import { type RollbackInformation, rollbackInformationText } from './rollback-information.js';

const information: RollbackInformation = {
  owner: 'tenant',
  objects: [
    { object: 'a', before: { name: 'a', fields: { z: { type: 'text' }, b: { type: 'number' } } }, hash: 'h' },
    { before: { name: 'c', fields: {} } },
  ],
  fields: [{ object: 'a', field: 'z', former: 'y' }],
  components: [{ kind: 'view', name: 'v' }],
  tables: [],
};

describe('rollbackInformationText', () => {
  it('is the JSON text of the value, with every property in its place', () => {
    expect(runSteps(rollbackInformationText(information))).toBe(JSON.stringify(information));
  });

  it('takes a step for each item of its lists', () => {
    const objects = Array.from({ length: 100 }, (_, index) => ({ object: `o${index}` }));
    expect([...rollbackInformationText({ ...information, objects })].length).toBeGreaterThanOrEqual(100);
  });
});
