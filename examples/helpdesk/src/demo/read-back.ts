import { openRuntime } from './demo-plane.js';
import { takeSnapshot } from './snapshot.js';

const [connection, tenantId] = process.argv.slice(2);
if (!connection || !tenantId) throw new Error('usage: read-back.ts <connection as JSON> <tenant id>');

const os = await openRuntime(JSON.parse(connection));
try {
  console.log(JSON.stringify(await takeSnapshot(await os.router.getTenantClient(tenantId))));
} finally {
  await os.close();
}
