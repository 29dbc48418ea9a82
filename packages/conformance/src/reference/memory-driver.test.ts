import { describe, it } from 'vitest';
import { memorySuite } from '../../test/memory-suite.js';
import { describeDataDriver } from '../data-driver/describe-data-driver.js';

describeDataDriver({ describe, it }, memorySuite());
