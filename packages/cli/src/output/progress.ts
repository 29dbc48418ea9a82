import type { CommandContext } from '../frame/command-context.js';

const EVERY_MS = 200;

/** Progress of long work, shown in one line of a terminal. */
export interface Progress {
  /** Reports the number of records so far, and the completed part of the work if it is known. */
  update(records: number, part?: number): void;
  /** Removes the line. */
  end(): void;
}

const SILENT: Progress = { update: () => undefined, end: () => undefined };

const duration = (seconds: number): string =>
  seconds < 60 ? `${Math.ceil(seconds)} s` : `${Math.ceil(seconds / 60)} min`;

/** A line with the number of records, the rate, and the remaining time if it is known. Nothing without a terminal. */
export function startProgress({ environment, output }: CommandContext): Progress {
  if (output.isJson || !environment.isTerminal) return SILENT;
  const startedAt = performance.now();
  let shownAt = 0;
  return {
    update(records, part) {
      const now = performance.now();
      if (now - shownAt < EVERY_MS) return;
      shownAt = now;
      const seconds = (now - startedAt) / 1_000;
      const rate = Math.round(records / seconds);
      const rest = part
        ? `, ${Math.floor(part * 100)} %, ${duration((seconds / part) * (1 - part))} remaining`
        : '';
      environment.stderr.write(`\r\u001b[K${records} records, ${rate}/s${rest}`);
    },
    end() {
      environment.stderr.write('\r\u001b[K');
    },
  };
}
