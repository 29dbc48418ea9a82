import { tursoLocal } from '@objectstack/driver-turso';
import { createRuntime } from '@objectstack/runtime';
import { takeSnapshot } from './snapshot.js';

const [dir, tenantId] = process.argv.slice(2);
if (!dir || !tenantId) throw new Error('usage: read-back.ts <directory> <tenant id>');

const os = await createRuntime({ dataPlane: tursoLocal({ dir }) });
try {
  console.log(JSON.stringify(await takeSnapshot(await os.router.getTenantClient(tenantId))));
} finally {
  await os.close();
}
