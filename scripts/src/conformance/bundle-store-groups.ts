/** What the requirements of a bundle store ask for, by group. */
export const BUNDLE_STORE_GROUPS: Readonly<Record<string, string>> = {
  put: 'Storing bundles by their checksum, also the same ones from several processes.',
  get: 'Reading bundles, and never bytes that do not match the checksum.',
  unused: 'Listing the bundles that were not used since a timestamp, in pages.',
  remove: 'Removing bundles while other processes store and read them.',
};
