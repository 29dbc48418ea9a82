import { describe, it } from 'node:test';
import { describeDataDriver } from '../src/data-driver/describe-data-driver.js';
import { memorySuite } from './memory-suite.js';

describeDataDriver({ describe, it }, memorySuite());
