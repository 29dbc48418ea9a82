import { describe, expect, it } from 'vitest';
import { issuePaths } from '../../../test/issue-paths.js';
import { TursoDatabaseReplySchema, TursoUsageReplySchema } from './turso-platform-reply.zod.js';

const created = { Name: 't-1', DbId: 'd1', Hostname: 't-1-acme.aws-us-east-1.turso.io' };

describe('TursoDatabaseReplySchema', () => {
  it.each([
    created,
    {
      ...created,
      group: null,
      block_reads: false,
      primaryRegion: 'aws-us-east-1',
      type: 'logical',
      regions: [],
    },
  ])('returns %j unchanged', (reply) => {
    expect(TursoDatabaseReplySchema.parse(reply)).toEqual(reply);
  });

  it.each([
    ['Name', { Name: undefined, name: 't-1' }],
    ['DbId', { DbId: '' }],
    ['Hostname', { Hostname: 'user@evil.example' }],
    ['Hostname', { Hostname: 't-1.example/?authToken=x' }],
    ['block_reads', { block_reads: 'no' }],
  ])('rejects an invalid %s: %j', (path, change) => {
    expect(issuePaths(TursoDatabaseReplySchema, { ...created, ...change })).toEqual([path]);
  });
});

describe('TursoUsageReplySchema', () => {
  const counted = { rows_read: 1, rows_written: 2, storage_bytes: 3, bytes_synced: 4 };

  it.each([{ total: counted }, { usage: counted, uuid: 'x' }, { total: {}, usage: null }])(
    'returns %j unchanged',
    (reply) => {
      expect(TursoUsageReplySchema.parse(reply)).toEqual(reply);
    },
  );

  it.each([
    ['total', {}],
    ['total', { total: null }],
    ['total.rows_read', { total: { rows_read: -1 } }],
  ])('rejects an invalid %s: %j', (path, reply) => {
    expect(issuePaths(TursoUsageReplySchema, reply)).toEqual([path]);
  });
});
