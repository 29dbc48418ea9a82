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
/** Migrations are the same statements everywhere, except where several drivers compete. */
const MIGRATIONS = /^schema-diff-service\/(?!concurrent\/)/;

const ANY = /^[a-z-]+\/[a-z-]+\//;

/** Where the statements are the same as in memory, and slower: on a server, each of them is a request. */
type Place = 'file' | 'server';

interface Sample {
  readonly of: RegExp;
  /** One of so many cases of a group; the first of them always. */
  readonly every: Readonly<Record<Place, number>>;
}

/** The first one that matches applies. */
const SAMPLES: readonly Sample[] = [
  { of: COURSES, every: { file: 11, server: 31 } },
  { of: TABLES, every: { file: 17, server: 41 } },
  { of: MISTAKES, every: { file: 7, server: 23 } },
  { of: MIGRATIONS, every: { file: 7, server: 31 } },
  { of: ANY, every: { file: 1, server: 7 } },
];

/**
 * A runner for databases whose statements are the same as in memory, and slower: it skips most cases of the tables and
 * most requirements of migrations unless tests are exhaustive, and on a server also others.
 */
export function sampledCases({ describe, it }: TestRunner, place: Place): TestRunner {
  const seen = new Map<string, number>();
  const isRun = (title: string) => {
    const sample = SAMPLES.find(({ of }) => of.test(title));
    if (!sample) return true;
    const key = ANY.exec(title)?.[0] ?? '';
    const index = seen.get(key) ?? 0;
    seen.set(key, index + 1);
    // The first of each group, because some have fewer cases than the sample leaves out.
    return index === 0 || isSampled(index, sample.every[place]);
  };
  const sampled = (title: string, body: () => Promise<void>) =>
    isRun(title) ? it(title, body) : it.skip(`${title} (skipped: not in the sample)`, body);
  return { describe, it: Object.assign(sampled, { skip: it.skip }) };
}
