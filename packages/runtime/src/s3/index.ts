/**
 * The bundle store on Amazon S3, Cloudflare R2 and compatible servers. Requires the package `aws4fetch`.
 * @module
 */

export type { S3BundleStoreOptions, S3Credentials } from './read-s3-options.js';
export { s3BundleStore } from './s3-bundle-store.js';
