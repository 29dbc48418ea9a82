/** How a part of a diagram differs from the previous version. */
export type Mark = 'same' | 'added' | 'removed' | 'changed';

/** Line of a box: a field of an object. */
export interface DiagramRow {
  /** Name of the field. */
  readonly field: string;
  /** Name as it is shown: with the previous one of a renamed field. */
  readonly name: string;
  readonly type: string;
  readonly isRequired: boolean;
  readonly isUnique: boolean;
  readonly mark: Mark;
}

export interface DiagramNode {
  readonly id: string;
  readonly shape: 'object' | 'state' | 'start' | 'final';
  readonly title: string;
  readonly mark: Mark;
  /** Fields; none for states. */
  readonly rows: readonly DiagramRow[];
  /** Group that the box is drawn in. */
  readonly group?: string | undefined;
}

export interface DiagramEdge {
  readonly from: string;
  readonly to: string;
  readonly label: string;
  readonly mark: Mark;
  /** A reference from many records to one, or a transition. */
  readonly kind: 'reference' | 'transition';
  /** Whether every record has the reference. */
  readonly isRequired: boolean;
  /** Whether records are deleted together with the referenced one. */
  readonly isOwned: boolean;
}

/** A frame around boxes: a state machine or a state with child states. */
export interface DiagramGroup {
  readonly id: string;
  readonly title: string;
  readonly parent?: string | undefined;
}

/** What a picture shows, without positions. */
export interface Diagram {
  readonly kind: 'objects' | 'difference' | 'states';
  readonly title: string;
  readonly nodes: readonly DiagramNode[];
  readonly edges: readonly DiagramEdge[];
  readonly groups: readonly DiagramGroup[];
}
