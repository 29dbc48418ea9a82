import { describe, expect, it } from 'vitest';
import { issuePaths } from '../../test/issue-paths.js';
import { FileAttachmentConfigSchema, ImageValidationSchema } from './field-attachment.zod.js';

describe('ImageValidationSchema', () => {
  it.each([{ minWidth: 1, aspectRatio: '16:9', thumbnailSizes: [{ name: 's', width: 8, height: 8 }] }])(
    'returns %j unchanged',
    (value) => {
      expect(ImageValidationSchema.parse(value)).toEqual(value);
    },
  );

  it.each([
    ['minWidth', { minWidth: 0 }],
    ['thumbnailSizes.0.height', { thumbnailSizes: [{ name: 's', width: 8 }] }],
  ])('rejects an invalid %s: %j', (path, change) => {
    expect(issuePaths(ImageValidationSchema, change)).toEqual([path]);
  });
});

describe('FileAttachmentConfigSchema', () => {
  it.each([{}, { maxSize: 1048576, allowedTypes: ['.pdf'], imageValidation: {}, presignedUrlExpiry: 60 }])(
    'returns %j unchanged',
    (value) => {
      expect(FileAttachmentConfigSchema.parse(value)).toEqual(value);
    },
  );

  it.each([
    ['virusScanProvider', { virusScanProvider: 'me' }],
    ['presignedUrlExpiry', { presignedUrlExpiry: 59 }],
    ['minSize', { minSize: -1 }],
    ['allowedMimeTypes.0', { allowedMimeTypes: [1] }],
  ])('rejects an invalid %s: %j', (path, change) => {
    expect(issuePaths(FileAttachmentConfigSchema, change)).toEqual([path]);
  });
});
