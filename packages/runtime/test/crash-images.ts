import { on } from 'node:events';
import { IS_EXHAUSTIVE } from '@objectstack/testing';
import { type FolderContent, folderWith, readFolder } from './folder-content.js';
import { killedAt, startWorkChild } from './start-work.js';
import type { StopPoint } from './stop-point.js';
import type { Work, WorkOutcome } from './work-child.js';

interface Options {
  /** The files that the work starts from. */
  readonly content: FolderContent;
  readonly tenantId: string;
  readonly work: Work | ((dir: string) => Promise<Work>);
  /** Calls, or `write`, at which a process can be killed. */
  readonly at: readonly string[];
}

interface CrashImages {
  /** All points that the work passed. */
  readonly points: readonly StopPoint[];
  readonly outcome: WorkOutcome;
  /** The files that a process leaves behind that is killed at the point. */
  contentAt(point: StopPoint): Promise<FolderContent>;
}

const STOPPED = /^stopped (\d+) (.*)$/m;

async function started({ content, work }: Options) {
  const dir = await folderWith(content);
  return { dir, work: typeof work === 'function' ? await work(dir) : work };
}

async function killed(options: Options, stop: StopPoint): Promise<FolderContent> {
  const { dir, work } = await started(options);
  const { tenantId } = options;
  if (!(await killedAt({ dir, tenantId, work, stop }))) throw new Error(`The work did not pass ${stop.at}.`);
  return readFolder(dir);
}

/**
 * What is in the files of some work at its points. Exhaustive tests kill a process at each; otherwise one process stands
 * still at one after the other while its files are copied, which takes many times less and leaves the same.
 */
export async function crashImages(options: Options): Promise<CrashImages> {
  const { dir, work } = await started(options);
  const { tenantId, at } = options;
  const { child, outcome } = await startWorkChild({ dir, tenantId, work, stopAtEach: at });
  const images = new Map<StopPoint, FolderContent | undefined>();
  if (child.stdout)
    for await (const [text] of on(child.stdout, 'data', { close: ['end'] })) {
      const [, occurrence, name] = STOPPED.exec(String(text)) ?? [];
      if (name === undefined) continue;
      const image = IS_EXHAUSTIVE ? undefined : await readFolder(dir);
      images.set({ at: name, occurrence: Number(occurrence) }, image);
      child.stdin?.write('\n');
    }
  const ended = await outcome;
  if (!ended) throw new Error('The work did not end.');
  return {
    points: [...images.keys()],
    outcome: ended,
    contentAt: async (point) => images.get(point) ?? killed(options, point),
  };
}
