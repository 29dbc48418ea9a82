const MOST_PLANS = 32;
/** Databases with the same schema hash have few images: their statements were written differently. */
const MOST_IMAGES = 4;

/** Images that a plan leads from, and those that it leads to. */
export interface VerifiedImages {
  readonly bases: ReadonlySet<string>;
  readonly targets: ReadonlySet<string>;
  /** Whether the plan was applied to a database that lacked a system table. */
  readonly createsSystemTables: boolean;
}

/** By plan hash, the least recently used first. */
const verified = new Map<string, VerifiedImages>();

/** What applying the plan to other databases has verified; undefined before the first one. */
export function verifiedImages(planHash: string): VerifiedImages | undefined {
  const known = verified.get(planHash);
  if (!known) return undefined;
  verified.delete(planHash);
  verified.set(planHash, known);
  return known;
}

/** A migration of one database. */
export interface VerifiedImage extends Pick<VerifiedImages, 'createsSystemTables'> {
  /** Image when the system tables existed; its schema hash was the base of the plan. */
  readonly base: string;
  /** Image with which the schema was verified after the migration. */
  readonly target: string;
}

export function addVerifiedImages(
  planHash: string,
  { base, target, createsSystemTables }: VerifiedImage,
): void {
  const known = verifiedImages(planHash);
  if (
    (known?.bases.has(base) && known.createsSystemTables === createsSystemTables) ||
    (known?.bases.size ?? 0) >= MOST_IMAGES
  )
    return;
  const [oldest] = verified.keys();
  if (!known && verified.size >= MOST_PLANS && oldest !== undefined) verified.delete(oldest);
  verified.set(planHash, {
    bases: new Set([...(known?.bases ?? []), base]),
    targets: new Set([...(known?.targets ?? []), target]),
    createsSystemTables: createsSystemTables || known?.createsSystemTables === true,
  });
}
