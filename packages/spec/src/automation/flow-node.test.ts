import { describe, expect, it } from 'vitest';
import { issuePaths } from '../../test/issue-paths.js';
import { FlowNodeSchema, FlowNodeTypeEnum } from './flow-node.zod.js';

describe('FlowNodeTypeEnum', () => {
  it('has the eighteen node types of the protocol', () => {
    expect(FlowNodeTypeEnum.options).toHaveLength(18);
    expect(FlowNodeTypeEnum.safeParse('Start').success).toBe(false);
  });
});

describe('FlowNodeSchema', () => {
  it.each([
    ['id', { id: '', type: 'start' }],
    ['timeoutMs', { id: 'a', type: 'wait', timeoutMs: -1 }],
    ['config', { id: 'a', type: 'wait', config: [] }],
    ['connectorConfig.actionId', { id: 'a', type: 'wait', connectorConfig: { connectorId: 'x' } }],
    ['position.y', { id: 'a', type: 'wait', position: { x: 1 } }],
    ['inputSchema.x.type', { id: 'a', type: 'wait', inputSchema: { x: { type: 'text' } } }],
    ['outputSchema.x.type', { id: 'a', type: 'wait', outputSchema: { x: {} } }],
    ['waitEventConfig.eventType', { id: 'a', type: 'wait', waitEventConfig: { eventType: 'rain' } }],
    [
      'waitEventConfig.onTimeout',
      { id: 'a', type: 'wait', waitEventConfig: { eventType: 'timer', onTimeout: 'x' } },
    ],
    ['boundaryConfig.attachedToNodeId', { id: 'a', type: 'wait', boundaryConfig: { eventType: 'error' } }],
  ])('rejects an invalid %s', (path, node) => {
    expect(issuePaths(FlowNodeSchema, node)).toEqual([path]);
  });
});
