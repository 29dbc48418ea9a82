import { describe, expect, it } from 'vitest';
import { issuePaths } from '../../test/issue-paths.js';
import { unknownShapes } from '../../test/unknown-shapes.js';
import { FlowEdgeSchema, FlowErrorHandlingSchema, FlowSchema, FlowVariableSchema } from './flow.zod.js';

const flow = {
  name: 'escalate_ticket',
  label: 'Escalate a ticket',
  type: 'record_change',
  variables: [{ name: 'ticket', type: 'record', isInput: true }],
  nodes: [
    { id: 'start', type: 'start' },
    { id: 'end', type: 'end', timeoutMs: 0, position: { x: 1, y: 2 } },
  ],
  edges: [{ id: 'e1', source: 'start', target: 'end', type: 'conditional', condition: 'priority = "high"' }],
  runAs: 'user',
};

describe('FlowSchema', () => {
  it.each([flow, { ...flow, madeUp: true }, { name: 'f', type: 'api', nodes: [], edges: [] }])(
    'returns %j unchanged',
    (value) => {
      expect(FlowSchema.parse(value)).toEqual(value);
    },
  );

  it.each([['name', { name: 'Escalate' }]])('rejects an invalid %s: %j', (path, change) => {
    expect(issuePaths(FlowSchema, { ...flow, ...change })).toEqual([path]);
  });

  it.each([
    ['type', { type: 'cron' }],
    ['type', { type: undefined }],
    ['status', { status: 'paused' }],
    ['runAs', { runAs: 'root' }],
    ['version', { version: 1.5 }],
    ['nodes.0.type', { nodes: [{ id: 'a', type: 'teleport' }] }],
    ['edges.0.source', { edges: [{ id: 'e', target: 'end' }] }],
    ['variables.0.type', { variables: [{ name: 'x' }] }],
  ])('keeps an unknown shape of %s: %j', (path, change) => {
    const value = { ...flow, ...change };
    expect(FlowSchema.parse(value)).toEqual(value);
    expect(unknownShapes(FlowSchema, value)).toEqual([path]);
  });
});

describe('FlowEdgeSchema', () => {
  it.each(['default', 'fault', 'conditional'])('accepts the type %s', (type) => {
    const edge = { id: 'e', source: 'a', target: 'b', type };
    expect(FlowEdgeSchema.parse(edge)).toEqual(edge);
  });

  it.each([
    ['type', { type: 'loop' }],
    ['id', { id: '' }],
  ])('rejects an invalid %s', (path, change) => {
    expect(issuePaths(FlowEdgeSchema, { id: 'e', source: 'a', target: 'b', ...change })).toEqual([path]);
  });
});

describe('FlowVariableSchema', () => {
  it.each([
    ['name', { name: 1 }],
    ['isInput', { isInput: 'yes' }],
  ])('rejects an invalid %s', (path, change) => {
    expect(issuePaths(FlowVariableSchema, { name: 'a', type: 'text', ...change })).toEqual([path]);
  });
});

describe('FlowErrorHandlingSchema', () => {
  it('adds no defaults', () => {
    expect(FlowErrorHandlingSchema.parse({ strategy: 'retry' })).toEqual({ strategy: 'retry' });
  });

  it.each([
    ['strategy', { strategy: 'ignore' }],
    ['maxRetries', { maxRetries: 11 }],
    ['retryDelayMs', { retryDelayMs: -1 }],
    ['backoffMultiplier', { backoffMultiplier: 0.5 }],
    ['jitter', { jitter: 1 }],
  ])('rejects an invalid %s', (path, value) => {
    expect(issuePaths(FlowErrorHandlingSchema, value)).toEqual([path]);
  });
});
