import { describe, it } from 'node:test';
import { describeDataDriver } from '../src/data-driver/describe-data-driver.js';
import { memorySuite } from './memory-suite.js';
import { mutantOf } from './mutants.js';

/** Requirements that the mutant violates. */
const VIOLATED = /^data-driver\/(delete\/answers|model\/same-answers):/;

const some = (title: string, body: () => Promise<void>) => VIOLATED.test(title) && it(title, body);

describeDataDriver(
  { describe, it: Object.assign(some, { skip: it.skip }) },
  memorySuite(mutantOf('delete/answers')),
);
