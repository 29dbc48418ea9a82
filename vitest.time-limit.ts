import { beforeEach } from 'vitest';

const until = Number(process.env.OBJECTSTACK_TEST_UNTIL ?? Number.POSITIVE_INFINITY);

// A run with a time limit ends with the tests that were running then.
if (until < Number.POSITIVE_INFINITY)
  beforeEach(({ skip }) => skip(Date.now() > until, 'not started within the time limit'));
