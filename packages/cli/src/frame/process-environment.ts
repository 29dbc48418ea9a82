import type { Environment } from './environment.js';

const INTERRUPTED = 130;

/** The first Ctrl-C asks the command to end; the second one ends the process. Every state in between is recoverable. */
function interruptSignal(): AbortSignal {
  const controller = new AbortController();
  const interrupt = () => {
    if (controller.signal.aborted) process.exit(INTERRUPTED);
    controller.abort();
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  return controller.signal;
}

const DEFAULT_COLUMNS = 80;

/** Some terminals report a width of 0 if they do not know it, which would leave no room for a word. */
function repairWidth(stream: NodeJS.WriteStream): void {
  if (stream.isTTY && stream.columns === 0) stream.columns = DEFAULT_COLUMNS;
}

/** The environment of the current process. */
export function processEnvironment(): Environment {
  const { stdin, stdout, stderr, env } = process;
  repairWidth(stdout);
  repairWidth(stderr);
  const isTerminal = stdout.isTTY === true;
  return {
    cwd: process.cwd(),
    variables: env,
    stdin,
    stdout,
    stderr,
    isTerminal,
    isInteractive: isTerminal && stdin.isTTY === true && !env.CI,
    columns: isTerminal ? stdout.columns : undefined,
    signal: interruptSignal(),
  };
}
