import { isChecksum, sha256 } from '../../src/reference/memory-bundle-store.js';
import { refuse } from '../../src/reference/memory-platform.js';
import {
  type BundleStoreMutant,
  type Get,
  ignoringAborts,
  others,
  type Put,
  proto,
  type Remove,
  stateOf,
} from './bundle-store-mutant.js';

/** Mistakes in removing unused bundles. */
export const REMOVE_MUTANTS: Readonly<Record<string, BundleStoreMutant>> = {
  'removes nothing': {
    breaks: [
      'remove/aborted',
      'remove/completely',
      'remove/concurrent',
      'remove/missing',
      'remove/unused',
      'unused/pages-while-removing',
    ],
    mutate: (store) => ({
      removeUnused: async (...[checksum, usedBefore]: Remove) =>
        store.isUnused(checksum, store.parseTimestamp(usedBefore)),
    }),
  },
  'removes bundles in use': {
    breaks: [
      'remove/read-since',
      'remove/stored-again',
      'remove/stored-since',
      'remove/while-reading',
      'remove/while-storing',
    ],
    mutate: (store) => ({
      removeUnused: async (...[checksum, usedBefore, options]: Remove) => {
        store.parseTimestamp(usedBefore);
        return proto.removeUnused.call(store, checksum, '9999-01-01T00:00:00.000Z', options);
      },
    }),
  },
  'removes one of several copies': {
    breaks: ['remove/completely'],
    mutate: (store) => {
      const copies = new Map<string, number>();
      return {
        put: async (...args: Put) => {
          const checksum = await proto.put.apply(store, args);
          copies.set(checksum, args[0].length === 1 ? (copies.get(checksum) ?? 0) + 1 : 1);
          return checksum;
        },
        removeUnused: async (...args: Remove) => {
          const left = (copies.get(args[0]) ?? 1) - 1;
          const bundle = store.bundles.get(args[0]);
          const removed = await proto.removeUnused.apply(store, args);
          copies.set(args[0], Math.max(0, left));
          if (removed && bundle && left > 0) store.bundles.set(args[0], bundle);
          return removed;
        },
      };
    },
  },
  'removes all unused bundles': {
    breaks: ['remove/others', 'unused/pages-while-removing'],
    mutate: (store) => ({
      removeUnused: async (...args: Remove) => {
        const removed = await proto.removeUnused.apply(store, args);
        const before = store.parseTimestamp(args[1]);
        for (const other of removed ? [...store.bundles.keys()] : [])
          if (store.isUnused(other, before)) store.bundles.delete(other);
        return removed;
      },
    }),
  },
  'returns true for a missing bundle': {
    breaks: ['remove/missing'],
    mutate: (store) => ({
      removeUnused: async (...args: Remove) => {
        const isMissing = isChecksum(args[0]) && !store.bundles.has(args[0]);
        return (await proto.removeUnused.apply(store, args)) || isMissing;
      },
    }),
  },
  'rejects to remove what is not a checksum': {
    breaks: ['remove/not-a-checksum'],
    mutate: (store) => ({
      removeUnused: async (...args: Remove) => {
        const removed = await proto.removeUnused.apply(store, args);
        if (!isChecksum(args[0])) throw refuse('bundle_not_found');
        return removed;
      },
    }),
  },
  'never stores a removed bundle again': {
    breaks: ['remove/stored-later', 'remove/while-storing'],
    mutate: (store) => ({
      put: async (...args: Put) => {
        const checksum = await proto.put.apply(store, args);
        if (stateOf(store).removed.has(checksum)) store.bundles.delete(checksum);
        return checksum;
      },
      removeUnused: async (...args: Remove) => {
        const removed = await proto.removeUnused.apply(store, args);
        if (removed) stateOf(store).removed.add(args[0]);
        return removed;
      },
    }),
  },
  'decides before it removes': {
    breaks: ['remove/while-reading', 'remove/while-storing'],
    mutate: (store) => ({
      removeUnused: async (...[checksum, usedBefore, options]: Remove) => {
        if (options?.signal) return proto.removeUnused.call(store, checksum, usedBefore, options);
        if (!store.isUnused(checksum, store.parseTimestamp(usedBefore))) return false;
        await others();
        store.bundles.delete(checksum);
        return true;
      },
    }),
  },
  'records the use after it has read': {
    breaks: ['remove/while-reading'],
    mutate: (store) => ({
      get: async (...args: Get) => {
        const bundle = store.bundles.get(args[0]);
        if (!bundle || args[1]?.signal || sha256(bundle.bytes) !== args[0])
          return proto.get.apply(store, args);
        await others();
        bundle.usedAt = store.now();
        return bundle.bytes.slice();
      },
    }),
  },
  'removes for one process at a time': {
    breaks: ['remove/concurrent', 'remove/while-reading', 'remove/while-storing'],
    mutate: (store) => ({
      removeUnused: async (...args: Remove) => {
        const state = stateOf(store);
        if (state.removals > 0) throw refuse('database_busy');
        state.removals++;
        try {
          await others();
          return await proto.removeUnused.apply(store, args);
        } finally {
          state.removals--;
        }
      },
    }),
  },
  'accepts any timestamp of a removal': {
    breaks: ['remove/invalid'],
    mutate: (store) => ({
      removeUnused: async (...[checksum, usedBefore, options]: Remove) =>
        usedBefore.length > 10 && !Number.isNaN(Date.parse(usedBefore))
          ? proto.removeUnused.call(store, checksum, usedBefore, options)
          : false,
    }),
  },
  'removes although the call was aborted': {
    breaks: ['remove/aborted'],
    mutate: ignoringAborts('removeUnused'),
  },
};
