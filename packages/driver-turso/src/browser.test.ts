import { createContext, runInContext } from 'node:vm';
import { build } from 'esbuild';
import { expect, it } from 'vitest';
import { object } from '../test/database.js';
import * as schema from './browser.js';

const BEFORE = [object('account', { name: { type: 'text' }, size: { type: 'number' } })];
const AFTER = [
  object('account', { name: { type: 'text', unique: true } }),
  object('note', { text: { type: 'text' } }),
];

const SOURCE = `
  import { desiredSchema, diff, generateMigrations, lint } from '@objectstack/driver-turso/schema';
  globalThis.answer = JSON.stringify({
    plan: generateMigrations(diff(desiredSchema({ objects: BEFORE }), AFTER), 'sqlite'),
    lint: lint({ objects: BEFORE }, { objects: AFTER }),
  });`;

it('plans the same where there is no Node', async () => {
  const { outputFiles } = await build({
    stdin: { contents: SOURCE, resolveDir: import.meta.dirname },
    bundle: true,
    write: false,
    format: 'iife',
    platform: 'browser',
    conditions: ['objectstack-source'],
    logLevel: 'silent',
  });
  const world = createContext({ BEFORE, AFTER, TextEncoder, TextDecoder, URL });
  runInContext(outputFiles[0]?.text ?? '', world);
  const plan = schema.generateMigrations(
    schema.diff(schema.desiredSchema({ objects: BEFORE }), AFTER),
    'sqlite',
  );
  expect(JSON.parse(world.answer)).toEqual({
    plan,
    lint: schema.lint({ objects: BEFORE }, { objects: AFTER }),
  });
});
