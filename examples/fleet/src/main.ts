import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tursoLocal } from '@objectstack/driver-turso';
import { createRuntime } from '@objectstack/runtime';
import { openFleet } from './open-fleet.js';
import { rollOut } from './roll-out.js';

const TENANTS = 200;

const dir = await mkdtemp(join(tmpdir(), 'objectstack-fleet-'));
const os = await createRuntime({ dataPlane: tursoLocal({ dir }) });
try {
  await openFleet(os, TENANTS);
  await rollOut(os, console.log);
} finally {
  await os.close();
  await rm(dir, { recursive: true, force: true });
}
