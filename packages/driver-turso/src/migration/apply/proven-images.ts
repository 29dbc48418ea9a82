const MOST_PLANS = 32;
/** Databases with the same schema hash have few images: their statements were written differently. */
const MOST_IMAGES = 4;

/** Images that a plan leads from, and those that it leads to. */
export interface ProvenImages {
  readonly bases: ReadonlySet<string>;
  readonly targets: ReadonlySet<string>;
  /** Whether the plan was applied to a database that lacked a system table. */
  readonly createsSystemTables: boolean;
}

/** By plan hash, the least recently used first. */
const proven = new Map<string, ProvenImages>();

/** What applying the plan to other databases has proven; undefined before the first one. */
export function provenImages(planHash: string): ProvenImages | undefined {
  const known = proven.get(planHash);
  if (!known) return undefined;
  proven.delete(planHash);
  proven.set(planHash, known);
  return known;
}

/** A migration of one database. */
export interface ProvenImage extends Pick<ProvenImages, 'createsSystemTables'> {
  /** Image when the system tables existed; its schema hash was the base of the plan. */
  readonly base: string;
  /** Image with which the schema was verified after the migration. */
  readonly target: string;
}

export function proveImages(planHash: string, { base, target, createsSystemTables }: ProvenImage): void {
  const known = provenImages(planHash);
  if (
    (known?.bases.has(base) && known.createsSystemTables === createsSystemTables) ||
    (known?.bases.size ?? 0) >= MOST_IMAGES
  )
    return;
  const [oldest] = proven.keys();
  if (!known && proven.size >= MOST_PLANS && oldest !== undefined) proven.delete(oldest);
  proven.set(planHash, {
    bases: new Set([...(known?.bases ?? []), base]),
    targets: new Set([...(known?.targets ?? []), target]),
    createsSystemTables: createsSystemTables || known?.createsSystemTables === true,
  });
}
