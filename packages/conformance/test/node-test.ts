import { describe, it } from 'node:test';
import { describeDataDriver } from '../src/data-driver/describe-data-driver.js';
import { memorySuite } from './memory-suite.js';

/** One of so many requirements is tested. */
const every = Number(process.argv[2]);
let index = 0;
const sampled = (title: string, body: () => Promise<void>) =>
  index++ % every === 0 ? it(title, body) : it.skip(`${title} (skipped: not in the sample)`, body);

describeDataDriver({ describe, it: Object.assign(sampled, { skip: it.skip }) }, memorySuite());
