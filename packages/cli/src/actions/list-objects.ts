import { deployedObjects } from '../data/object-definition.js';
import type { Action } from '../frame/command.js';
import { table } from '../output/table.js';

/** Lists the deployed objects. */
export const listObjects: Action = async (context) => {
  const { objects } = await deployedObjects(context);
  const { output } = context;
  if (output.isJson) {
    for (const definition of objects) await output.writeJson(definition);
    return undefined;
  }
  return {
    document: objects,
    text(style) {
      if (objects.length === 0) return 'No object is deployed yet. Deploy with: objectstack deploy';
      return table(
        style,
        ['object', 'fields'],
        objects.map(({ name, fields }) => [name, Object.keys(fields).join(', ')]),
      );
    },
  };
};
