import { refuse } from '../../src/reference/memory-platform.js';
import {
  type BundleStoreMutant,
  EXPIRES_MS,
  type Get,
  ignoringAborts,
  proto,
} from './bundle-store-mutant.js';

/** Mistakes in reading bundles. */
export const GET_MUTANTS: Readonly<Record<string, BundleStoreMutant>> = {
  'does not name a missing bundle': {
    breaks: ['get/missing'],
    mutate: () => ({ notFound: () => refuse('bundle_not_found') }),
  },
  'names what is not a checksum': {
    breaks: ['get/not-a-checksum'],
    mutate: (store) => ({
      notFound: (checksum: string) => {
        const error = proto.notFound.call(store, checksum);
        return Object.assign(error, { details: { checksum } });
      },
    }),
  },
  'returns its own bytes': {
    breaks: ['get/own-copy'],
    mutate: (store) => ({
      get: async (...args: Get) => {
        await proto.get.apply(store, args);
        return store.bundles.get(args[0])?.bytes;
      },
    }),
  },
  'forgets bundles after some time': {
    breaks: [
      'get/after-long',
      'remove/aborted',
      'remove/invalid',
      'remove/not-a-checksum',
      'remove/others',
      'remove/read-since',
      'unused/read-since',
      'unused/unused-again',
    ],
    mutate: (store) => ({
      get: async (...args: Get) => {
        const { usedAt } = store.bundles.get(args[0]) ?? { usedAt: 0 };
        if (usedAt < store.now() - EXPIRES_MS) throw store.notFound(args[0]);
        return proto.get.apply(store, args);
      },
    }),
  },
  'reads although the call was aborted': { breaks: ['get/aborted'], mutate: ignoringAborts('get') },
  'does not verify the checksum': {
    breaks: ['get/damaged'],
    mutate: (store) => ({
      get: async (...args: Get) => {
        const bundle = store.bundles.get(args[0]);
        if (!bundle || args[1]?.signal) return proto.get.apply(store, args);
        bundle.usedAt = store.now();
        return bundle.bytes.slice();
      },
    }),
  },
  'verifies only the size': {
    breaks: ['get/damaged'],
    mutate: (store) => ({
      get: async (...args: Get) => {
        const bundle = store.bundles.get(args[0]);
        if (bundle?.bytes.length !== 32 || args[1]?.signal) return proto.get.apply(store, args);
        bundle.usedAt = store.now();
        return bundle.bytes.slice();
      },
    }),
  },
};
