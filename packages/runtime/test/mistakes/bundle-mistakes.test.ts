import { describe, expect, it } from 'vitest';
import { answerTo, type BundleMistake } from './bundle-mistake.js';
import { SEED_MISTAKES, STORED_MISTAKES } from './component-mistakes.js';
import { FIELD_MISTAKES, OPTION_MISTAKES } from './field-mistakes.js';
import { INDEX_MISTAKES, MANIFEST_MISTAKES, OBJECT_MISTAKES } from './object-mistakes.js';

const TABLES: readonly [subject: string, mistakes: readonly BundleMistake[]][] = [
  ['manifests and lists', MANIFEST_MISTAKES],
  ['objects', OBJECT_MISTAKES],
  ['indexes and rules', INDEX_MISTAKES],
  ['fields', FIELD_MISTAKES],
  ['options and defaults', OPTION_MISTAKES],
  ['seeds', SEED_MISTAKES],
  ['views, flows and permissions', STORED_MISTAKES],
];

describe.each(TABLES)('validateBundle on mistakes in %s', (_subject, mistakes) => {
  it.each(mistakes)('answers %s with one finding that helps', (_what, bundle, finding, hint) => {
    const { findings, messages } = answerTo(bundle);
    expect({ findings, messages }).toEqual({
      findings: [finding],
      messages: expect.stringContaining(hint),
    });
  });
});
