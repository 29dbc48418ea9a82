import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as driverTurso from '@objectstack/driver-turso';
import * as runtime from '@objectstack/runtime';
import * as opentelemetry from '@objectstack/runtime/opentelemetry';
import { RuntimeEventNameEnum } from '@objectstack/spec/system';
import { temporaryFolder } from '@objectstack/testing';
import pino from 'pino';
import { describe, expect, it } from 'vitest';
import { ROOT, readMarkdown } from './documents.js';
import { runExample } from './run-blocks.js';

const PATH = 'docs/guides/operations.md';
const text = await readFile(join(ROOT, PATH), 'utf8');
const { blocks } = readMarkdown(PATH, text);

describe('the guide to operations', () => {
  it('has an example that prints what happens', async () => {
    const dir = await temporaryFolder();
    const given = {
      '@objectstack/driver-turso': { tursoLocal: () => driverTurso.tursoLocal({ dir }) },
      '@objectstack/runtime': runtime,
      '@objectstack/runtime/opentelemetry': opentelemetry,
      pino: { __esModule: true, default: pino },
    };
    const [example] = blocks;
    expect(example && (await runExample(example, given))).toEqual([
      ['active', 'acme', 26],
      ['ok', ['registry true', 'platform true', 'bundles true']],
    ]);
  });

  it('lists every event', () => {
    const listed = RuntimeEventNameEnum.options.filter((name) => text.includes(`\`${name}\``));
    expect(listed).toEqual(RuntimeEventNameEnum.options);
  });
});
