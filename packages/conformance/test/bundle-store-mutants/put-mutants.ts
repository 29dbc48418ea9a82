import { sha256 } from '../../src/reference/memory-bundle-store.js';
import { refuse } from '../../src/reference/memory-platform.js';
import {
  type BundleStoreMutant,
  type Get,
  ignoringAborts,
  LARGE,
  others,
  type Put,
  proto,
  stateOf,
} from './bundle-store-mutant.js';

/** Mistakes in storing bundles. */
export const PUT_MUTANTS: Readonly<Record<string, BundleStoreMutant>> = {
  'returns another hash of large bundles': {
    breaks: ['put/checksum'],
    mutate: (store) => ({
      put: async (...[bytes, options]: Put) => {
        const checksum = await proto.put.call(store, bytes, options);
        return bytes.length > LARGE ? checksum.toUpperCase() : checksum;
      },
    }),
  },
  'stores text': {
    breaks: ['put/same-bytes'],
    mutate: (store) => ({
      get: async (...args: Get) =>
        new TextEncoder().encode(new TextDecoder().decode(await proto.get.apply(store, args))),
    }),
  },
  'stores in its own process': {
    breaks: ['put/another-process', 'put/concurrent', 'remove/read-since', 'remove/stored-again'],
    mutate: () => ({ bundles: new Map() }),
  },
  'rejects a bundle that is stored': {
    breaks: [
      'get/repaired',
      'put/concurrent',
      'put/repeated',
      'remove/completely',
      'remove/stored-again',
      'remove/while-reading',
      'remove/while-storing',
      'unused/stored-again',
    ],
    mutate: (store) => ({
      put: async (...args: Put) => {
        if (store.bundles.has(sha256(args[0]))) throw refuse('unique_violation');
        return proto.put.apply(store, args);
      },
    }),
  },
  'shares a buffer between calls': {
    breaks: ['put/bytes-of-the-call', 'put/concurrent'],
    mutate: (store) => ({
      put: async (...[bytes, options]: Put) => {
        const checksum = await proto.put.call(store, bytes, options);
        stateOf(store).bytes = bytes.slice();
        await others();
        const bundle = store.bundles.get(checksum);
        if (bundle) bundle.bytes = stateOf(store).bytes ?? bytes;
        return checksum;
      },
    }),
  },
  'reads the bytes later': {
    breaks: ['put/bytes-of-the-call'],
    mutate: (store) => ({
      put: async (...[bytes, options]: Put) => {
        const checksum = await proto.put.call(store, bytes, options);
        await others();
        const bundle = store.bundles.get(checksum);
        if (bundle) bundle.bytes = bytes.slice();
        return checksum;
      },
    }),
  },
  'stores although the call was aborted': { breaks: ['put/aborted'], mutate: ignoringAborts('put') },
  'does not replace a stored bundle': {
    breaks: ['get/repaired'],
    mutate: (store) => ({
      put: async (...[bytes, options]: Put) => {
        const bundle = store.bundles.get(sha256(bytes));
        if (!bundle) return proto.put.call(store, bytes, options);
        bundle.usedAt = store.now();
        return sha256(bytes);
      },
    }),
  },
};
