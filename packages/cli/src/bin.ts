#!/usr/bin/env node
import { processEnvironment } from './frame/process-environment.js';
import { run } from './frame/run.js';

// A reader such as `head` may close the pipe before the output is complete.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});
process.exitCode = await run(process.argv.slice(2), processEnvironment());
