/**
 * User interface: list and form views.
 * @module
 */
export * from './form-view.zod.js';
export * from './list-column.zod.js';
export * from './list-layout.zod.js';
export * from './list-options.zod.js';
export * from './list-view.zod.js';
export * from './responsive.zod.js';
export * from './view.zod.js';
export * from './view-data.zod.js';
