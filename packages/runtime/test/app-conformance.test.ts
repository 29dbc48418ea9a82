import { describeAppLifecycleService } from '@objectstack/conformance';
import { afterAll, describe, it } from 'vitest';
import { openAppRuntime } from './app-suite.js';

const { suite, close } = await openAppRuntime();

afterAll(close);
describeAppLifecycleService({ describe, it }, suite());
