import { describe, expect, it } from 'vitest';
import * as runtime from './index.js';

describe('@objectstack/runtime', () => {
  it('exports exactly this', () => {
    expect(Object.keys(runtime).sort()).toEqual([
      'bundleFromStack',
      'createDeployPipeline',
      'createFileAppRegistry',
      'createFileBundleStore',
      'createProvisioningService',
      'createQuotaService',
      'createRuntime',
      'createSecretSealer',
      'createTenantRegistry',
      'createTenantRouter',
      'joinDataPlanes',
      'parseBundle',
      'parseDocument',
      'validateBundle',
    ]);
  });
});
