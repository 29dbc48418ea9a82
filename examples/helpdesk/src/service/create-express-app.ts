import type { Runtime } from '@objectstack/runtime';
import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import { createTenant, deployBundle, type Log, respondToError } from './handlers.js';
import { sendResponse, toRequest } from './node-exchange.js';

/** The service with Express. There is no body parser: the handlers read and limit the body. */
export function createExpressApp(os: Runtime, log: Log): Express {
  const app = express();
  app.post('/tenants', async (req, res) => sendResponse(await createTenant(os, toRequest(req)), res));
  app.post('/tenants/:tenantId/deployments', async (req, res) =>
    sendResponse(await deployBundle(os, req.params.tenantId, toRequest(req)), res),
  );
  app.use((error: unknown, _req: Request, res: Response, _next: NextFunction) =>
    sendResponse(respondToError(error, log), res),
  );
  return app;
}
