import { closestName } from '@objectstack/spec/shared';

/** Maximum number of names that are compared with all unparsed ones. */
const MAX_SEARCHES = 1_000;

/**
 * Names of the components or fields of a bundle that could not be parsed. What refers to one of them, or to its name as
 * it should have been written, is not reported: only the part itself is.
 */
export class UnparsedNames {
  private readonly names = new Set<string>();
  private readonly searched = new Map<string, boolean>();
  private isAny = false;

  /** Adds a name; a part without one can be meant by every name. */
  add(name: unknown): void {
    if (typeof name === 'string') this.names.add(name);
    else this.isAny = true;
  }

  get isEmpty(): boolean {
    return !this.isAny && this.names.size === 0;
  }

  has(name: string): boolean {
    if (this.isEmpty) return false;
    return this.isAny || this.names.has(name) || this.resembles(name);
  }

  private resembles(name: string): boolean {
    const known = this.searched.get(name);
    if (known !== undefined || this.searched.size >= MAX_SEARCHES) return known ?? false;
    const found = closestName(name, this.names) !== undefined;
    this.searched.set(name, found);
    return found;
  }
}
