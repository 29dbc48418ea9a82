import { describe, expect, it } from 'vitest';
import { createDeployPipeline } from './create-deploy-pipeline.js';
import type { DeployContext } from './deploy-context.js';

describe('createDeployPipeline', () => {
  it.each([0, -1, 1.5, Number.NaN, '200'])('rejects chunks of %s seed records', (seedChunkSize) => {
    const create = () => createDeployPipeline({ seedChunkSize } as unknown as DeployContext);
    expect(create).toThrow(expect.objectContaining({ code: 'invalid_request' }));
  });
});
