import { isSampled } from './seeds.js';

/** The functions of a test runner that a conformance suite uses. */
interface TestRunner {
  readonly describe: (name: string, body: () => void) => void;
  readonly it: ItFunction & { readonly skip: ItFunction };
}
type ItFunction = (title: string, body: () => Promise<void>) => unknown;

/** The same cases in each of these groups: their checks share one deployment of each case. */
const COURSES = /^schema-diff-service\/(reach|keep|undo)\//;
/** Groups of requirements that are one test for each case of a table; the same code judges every case. */
const TABLES =
  /^(schema-diff-service\/(change|retype|names)|data-driver\/(not-connected|aborted|aborted-while-waiting|twice|concurrently|filter|(?:filter|operand|query|rows|record)-mistakes))\//;
/** Mistakes that each method of a driver must reject: every driver checks arguments with the same functions. */
const MISTAKES = /^data-driver\/[a-z-]+-mistakes\//;
/** Migrations are the same statements everywhere. */
const MIGRATIONS = /^schema-diff-service\//;

/** What drivers do at the same time depends on how they reach the database. */
const AT_ONCE = /^(schema-diff-service\/concurrent|data-driver\/(several-drivers|transaction))\//;

const ANY = /^[a-z-]+\/[a-z-]+\//;

/**
 * Where requirements are tested that are tested in memory, too: with the same statements, and slower (on a server, each
 * of them is a request), or with another driver of the same requirements.
 */
type Place = 'file' | 'server' | 'postgres';

interface Sample {
  readonly of: RegExp;
  /** One of so many cases of a group. */
  readonly every: Readonly<Record<Place, number>>;
  /** Whether the sample contains at least one case of each group. */
  readonly ofEachGroup: Readonly<Record<Place, boolean>>;
}

const EVERYWHERE = { file: true, server: true, postgres: true };
const NOT_ON_A_SERVER = { ...EVERYWHERE, server: false };

/** The first one that matches applies. */
const SAMPLES: readonly Sample[] = [
  { of: COURSES, every: { file: 23, server: 61, postgres: 23 }, ofEachGroup: NOT_ON_A_SERVER },
  { of: TABLES, every: { file: 41, server: 97, postgres: 41 }, ofEachGroup: NOT_ON_A_SERVER },
  { of: MISTAKES, every: { file: 23, server: 61, postgres: 23 }, ofEachGroup: NOT_ON_A_SERVER },
  { of: AT_ONCE, every: { file: 2, server: 5, postgres: 2 }, ofEachGroup: EVERYWHERE },
  { of: MIGRATIONS, every: { file: 11, server: 41, postgres: 11 }, ofEachGroup: NOT_ON_A_SERVER },
  { of: ANY, every: { file: 5, server: 17, postgres: 3 }, ofEachGroup: NOT_ON_A_SERVER },
];

/**
 * A runner for databases whose requirements are tested in memory, too: it skips most of them unless tests are
 * exhaustive. Groups begin at different places of the sample, so that small groups have different cases in it.
 */
export function sampledCases({ describe, it }: TestRunner, place: Place): TestRunner {
  const groups = new Map<string, { readonly offset: number; size: number }>();
  const isRun = (title: string) => {
    const sample = SAMPLES.find(({ of }) => of.test(title));
    if (!sample) return true;
    const key = ANY.exec(title)?.[0] ?? '';
    const group = groups.get(key) ?? { offset: groups.size, size: 0 };
    groups.set(key, group);
    const index = group.size++;
    return (index === 0 && sample.ofEachGroup[place]) || isSampled(index + group.offset, sample.every[place]);
  };
  const sampled = (title: string, body: () => Promise<void>) =>
    isRun(title) ? it(title, body) : it.skip(`${title} (skipped: not in the sample)`, body);
  return { describe, it: Object.assign(sampled, { skip: it.skip }) };
}
