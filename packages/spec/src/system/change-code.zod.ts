import * as z from 'zod';

/**
 * Every change code with its meaning. The prefix is the class: SF safe, DS destructive, DD data-dependent, BC breaks
 * client code that uses the previous name or type, WI weakens data integrity, RN may miss a rename.
 */
export const CHANGE_CODES = {
  SF001: 'An object is added.',
  SF002: 'A field is added.',
  SF003: 'An index that allows duplicates is added.',
  SF004: 'A view, flow or permission set is added.',
  SF005: 'Metadata changes without an effect on the table.',
  SF006: 'An index is removed.',
  SF007: 'A view, flow or permission set is removed.',
  SF009: 'An index is recreated under another name, because its object or field is renamed.',
  DS101: 'An object is removed together with its records.',
  DS102: 'A field is removed together with its values.',
  DS103: 'The storage of a field changes, and its values may not fit.',
  DS104: 'The foreign key of a field changes.',
  DD201: 'A column becomes NOT NULL or required; existing records may have no value.',
  DD202: 'A unique index is added; existing records may have duplicate values.',
  DD203:
    'A rule about values becomes stricter; existing records that violate it are unchanged until they are next written.',
  DD206: 'An option is removed; existing records that have it are unchanged until they are next written.',
  BC301: 'An object is renamed.',
  BC302: 'A field is renamed.',
  BC303: 'The storage of a field changes, and every value fits.',
  RN401:
    'The previous name of an object or field is not deployed; if a skipped version renamed it before, its data has another name and is not found.',
  WI401: 'The foreign key of a field is removed; its values may refer to records that do not exist.',
  WI402: 'A unique index is removed; records may have duplicate values.',
  WI403: 'A required or NOT NULL field becomes optional; records may have no value.',
  WI404: 'A limit, option list or format of a field is removed; values may violate the previous rule.',
} as const;

export const ChangeCodeEnum = z
  .enum(Object.keys(CHANGE_CODES) as [keyof typeof CHANGE_CODES, ...(keyof typeof CHANGE_CODES)[]])
  .describe(
    'Stable code of a schema change by its effect on existing data and client code, for example DS102. CHANGE_CODES describes every code.',
  );
export type ChangeCode = z.infer<typeof ChangeCodeEnum>;
