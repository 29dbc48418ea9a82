/**
 * The bundle store and the app registry on Amazon S3, Cloudflare R2 and compatible servers. Requires the package `aws4fetch`.
 * @module
 */

export type { WritableAppRegistry } from '../apps/writable-app-registry.js';
export type { S3BundleStoreOptions, S3Credentials } from './read-s3-options.js';
export { type S3AppRegistryOptions, s3AppRegistry } from './s3-app-registry.js';
export { s3BundleStore } from './s3-bundle-store.js';
