import { sha256 } from '../../src/reference/memory-bundle-store.js';
import { refuse } from '../../src/reference/memory-platform.js';
import {
  type BundleStoreMutant,
  type Get,
  ignoringAborts,
  type List,
  type Put,
  proto,
  stateOf,
} from './bundle-store-mutant.js';

/** Mistakes in listing unused bundles. */
export const UNUSED_MUTANTS: Readonly<Record<string, BundleStoreMutant>> = {
  'lists nothing': {
    breaks: [
      'unused/lists',
      'unused/pages',
      'unused/pages-while-removing',
      'unused/read-since',
      'unused/stored-again',
      'unused/stored-since',
      'unused/unused-again',
    ],
    mutate: (store) => ({
      listUnused: async (...args: List) => {
        await proto.listUnused.apply(store, args);
        return { checksums: [], nextCursor: null };
      },
    }),
  },
  'rejects to list an empty store': {
    breaks: ['remove/unused', 'unused/empty', 'unused/pages-while-removing'],
    mutate: (store) => ({
      listUnused: async (...args: List) => {
        const page = await proto.listUnused.apply(store, args);
        if (store.bundles.size === 0) throw refuse('bundle_not_found');
        return page;
      },
    }),
  },
  'lists every bundle': {
    breaks: ['unused/read-since', 'unused/stored-again', 'unused/stored-since'],
    mutate: (store) => ({
      listUnused: async (...[usedBefore, options]: List) => {
        await proto.listUnused.call(store, usedBefore, options);
        return proto.listUnused.call(store, '9999-01-01T00:00:00.000Z', options);
      },
    }),
  },
  'does not count storing again as a use': {
    breaks: ['remove/stored-again', 'unused/stored-again'],
    mutate: (store) => ({
      put: async (...args: Put) => {
        const { usedAt } = store.bundles.get(sha256(args[0])) ?? {};
        const checksum = await proto.put.apply(store, args);
        const bundle = store.bundles.get(checksum);
        if (bundle && usedAt !== undefined) bundle.usedAt = usedAt;
        return checksum;
      },
    }),
  },
  'does not count reading as a use': {
    breaks: ['remove/read-since', 'unused/read-since'],
    mutate: (store) => ({
      get: async (...args: Get) => {
        const { usedAt } = store.bundles.get(args[0]) ?? {};
        const bytes = await proto.get.apply(store, args);
        const bundle = store.bundles.get(args[0]);
        if (bundle && usedAt !== undefined) bundle.usedAt = usedAt;
        return bytes;
      },
    }),
  },
  'uses a bundle that was read twice forever': {
    breaks: ['unused/unused-again'],
    mutate: (store) => ({
      get: async (...args: Get) => {
        const isSecond = stateOf(store).removed.has(args[0]);
        const bytes = await proto.get.apply(store, args);
        const bundle = store.bundles.get(args[0]);
        if (bundle && isSecond) bundle.usedAt = Number.POSITIVE_INFINITY;
        stateOf(store).removed.add(args[0]);
        return bytes;
      },
    }),
  },
  'lists only the first page': {
    breaks: ['unused/pages', 'unused/pages-while-removing'],
    mutate: (store) => ({
      listUnused: async (...args: List) => ({
        ...(await proto.listUnused.apply(store, args)),
        nextCursor: null,
      }),
    }),
  },
  'begins the next page with the last bundle': {
    breaks: ['unused/pages'],
    mutate: (store) => ({
      listUnused: async (...args: List) => {
        const page = await proto.listUnused.apply(store, args);
        const { cursor } = args[1] ?? {};
        return cursor && store.bundles.has(cursor)
          ? { ...page, checksums: [cursor, ...page.checksums] }
          : page;
      },
    }),
  },
  'counts the bundles of earlier pages': {
    breaks: ['unused/pages-while-removing'],
    mutate: (store) => {
      let page = 0;
      return {
        listUnused: async (...[usedBefore, { cursor, ...options } = {}]: List) => {
          const { nextCursor } = await proto.listUnused.call(store, usedBefore, { ...options, cursor });
          const before = store.parseTimestamp(usedBefore);
          const all = [...store.bundles.keys()].filter((one) => store.isUnused(one, before)).sort();
          page = cursor === undefined ? 0 : page + 1;
          const checksums = all.slice(page * 5, page * 5 + 5);
          return { checksums, nextCursor: checksums.length < 5 ? null : (nextCursor ?? cursor ?? null) };
        },
      };
    },
  },
  'accepts any timestamp of a list': {
    breaks: ['unused/invalid'],
    mutate: (store) => ({
      listUnused: async (...[usedBefore, options]: List) => {
        const isValid = !Number.isNaN(Date.parse(usedBefore)) && usedBefore.length > 10;
        return isValid
          ? proto.listUnused.call(store, usedBefore, options)
          : { checksums: [], nextCursor: null };
      },
    }),
  },
  'accepts any cursor': {
    breaks: ['unused/invalid'],
    mutate: () => ({ assertCursor: () => undefined }),
  },
  'lists although the call was aborted': {
    breaks: ['unused/aborted'],
    mutate: ignoringAborts('listUnused'),
  },
};
