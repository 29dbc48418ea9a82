/** Ways to continue without adopting a column, or a whole table, as the end of an instruction. */
export function otherWays(object: string, part?: 'column' | 'table'): string {
  const importing = `import the records into a new tenant, which converts them: objectstack data import ${object} <file>`;
  if (part === undefined) return `or ${importing}`;
  const removed = part === 'column' ? 'field from the object' : 'object from the bundle';
  return `remove the ${removed}, which preserves the ${part} as it is, or ${importing}`;
}
