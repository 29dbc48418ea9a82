import { describe, expect, it } from 'vitest';
import { modelOf } from './model-of.js';
import { objectModel } from './object-model.js';

const folder = objectModel({ name: 'folder', fields: { name: { type: 'text' } } });
const models = new Map([['folder', folder]]);

describe('modelOf', () => {
  it('returns the model of a deployed object', () => {
    expect(modelOf(models, 'folder')).toBe(folder);
  });

  it.each([
    ['Folder', 'object_not_found', { object: 'Folder' }],
    ['constructor', 'object_not_found', { object: 'constructor' }],
    [undefined, 'invalid_request', { path: '/object' }],
  ])('rejects the name %j', (name, code, details) => {
    expect(() => modelOf(models, name as string)).toThrow(expect.objectContaining({ code, details }));
  });
});
