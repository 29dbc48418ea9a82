import {
  type Field,
  isList,
  isReference,
  type ObjectDefinition,
  referenceTarget,
} from '@objectstack/spec/data';
import type { Diagram, DiagramEdge, DiagramNode, DiagramRow, Mark } from './diagram.js';

/** A field of an object with its mark, in the order of the diagram. */
export interface MarkedField {
  readonly name: string;
  readonly field: Field;
  readonly mark: Mark;
  /** Name before a rename. */
  readonly former?: string | undefined;
}

export interface MarkedObject {
  readonly name: string;
  readonly mark: Mark;
  readonly fields: readonly MarkedField[];
  /** Name before a rename. */
  readonly former?: string | undefined;
}

const withFormer = (name: string, former: string | undefined) =>
  former === undefined ? name : `${name} (was ${former})`;

function rowOf({ name, field, mark, former }: MarkedField): DiagramRow {
  return {
    field: name,
    name: withFormer(name, former),
    type: isList(field) ? `${field.type}[]` : field.type,
    isRequired: field.required === true,
    isUnique: Boolean(field.unique),
    mark,
  };
}

function edgesOf(object: MarkedObject, known: ReadonlySet<string>): DiagramEdge[] {
  return object.fields.flatMap(({ name, field, mark }) => {
    const target = isReference(field) ? referenceTarget(field, object.name) : undefined;
    if (target === undefined || !known.has(target)) return [];
    return [
      {
        from: object.name,
        to: target,
        label: name,
        mark,
        kind: 'reference' as const,
        isRequired: field.required === true,
        isOwned: field.type === 'master_detail' || field.deleteBehavior === 'cascade',
      },
    ];
  });
}

/** The diagram of objects with marks. References to objects that are not in it have no line. */
export function markedDiagram(
  objects: readonly MarkedObject[],
  { kind, title }: Pick<Diagram, 'kind' | 'title'>,
): Diagram {
  const known = new Set(objects.map(({ name }) => name));
  return {
    kind,
    title,
    groups: [],
    nodes: objects.map(
      (object): DiagramNode => ({
        id: object.name,
        shape: 'object',
        title: withFormer(object.name, object.former),
        mark: object.mark,
        rows: object.fields.map(rowOf),
      }),
    ),
    edges: objects.flatMap((object) => edgesOf(object, known)),
  };
}

/** Every field of an object with one mark. */
export const fieldsWith = ({ fields }: ObjectDefinition, mark: Mark): MarkedField[] =>
  Object.entries(fields).map(([name, field]) => ({ name, field, mark }));

/** The entity-relationship diagram of objects. */
export function objectDiagram(objects: readonly ObjectDefinition[], title: string): Diagram {
  const marked = objects.map(
    (object): MarkedObject => ({ name: object.name, mark: 'same', fields: fieldsWith(object, 'same') }),
  );
  return markedDiagram(marked, { kind: 'objects', title });
}
