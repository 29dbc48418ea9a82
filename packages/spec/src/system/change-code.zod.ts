import * as z from 'zod';

/**
 * Every code of a change with its meaning. SF changes are safe, DS destroy, DD depend on the data, BC break code that
 * uses the old name or type, WI weaken the integrity of the data, RN may miss a rename.
 */
export const CHANGE_CODES = {
  SF001: 'An object is added.',
  SF002: 'A field is added.',
  SF003: 'An index that allows duplicates is added.',
  SF004: 'A view, flow or permission set is added.',
  SF005: 'Metadata changes that has no part in the table.',
  SF006: 'An index is removed.',
  SF007: 'A view, flow or permission set is removed.',
  SF009: 'An index is recreated under another name, because its object or field is renamed.',
  DS101: 'An object is removed, and its records with it.',
  DS102: 'A field is removed, and its values with it.',
  DS103: 'A field is stored in another way, into which its values may not fit.',
  DS104: 'The foreign key of a field changes.',
  DD201: 'A column must hold a value from now on, and existing records may have none.',
  DD202: 'A unique index is added, and existing records may share values.',
  DD203:
    'A rule about values becomes stricter; records that violate it stay as they are until the next write.',
  DD206: 'An option is removed; records that have it stay as they are until the next write.',
  BC301: 'An object is renamed.',
  BC302: 'A field is renamed.',
  BC303: 'A field is stored in another way, into which every value fits.',
  RN401:
    'The previous name of an object or field is not deployed; if a skipped version renamed it before, its data has another name and is not found.',
  WI401: 'A field loses its foreign key; its values may refer to records that do not exist from now on.',
  WI402: 'A unique index is removed; records may share values from now on.',
  WI403: 'A field that had to hold a value may be empty from now on.',
  WI404:
    'A field loses a rule about its values (a limit, its options or its format); values may break it from now on.',
} as const;

export const ChangeCodeEnum = z
  .enum(Object.keys(CHANGE_CODES) as [keyof typeof CHANGE_CODES, ...(keyof typeof CHANGE_CODES)[]])
  .describe('Stable code of a schema change and its effect on existing data and client code.');
export type ChangeCode = z.infer<typeof ChangeCodeEnum>;
