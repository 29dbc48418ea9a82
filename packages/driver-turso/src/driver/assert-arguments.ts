import type { DriverOptions, RecordData } from '@objectstack/spec/contracts';
import { isStorableText } from '@objectstack/spec/data';
import { misspelledKey, ObjectStackError } from '@objectstack/spec/shared';

/** Longest key of a path. */
const MAX_CHARACTERS = 100;

function invalid(message: string, path: string): ObjectStackError {
  return new ObjectStackError({
    code: 'invalid_request',
    message: `${message.slice(0, -1)} (at ${path}).`,
    details: { path },
  });
}

/** Throws `invalid_request` with the path unless the value is an object of values by field name, which excludes a Map or a Promise. */
export function assertRecordData(data: unknown, path = '/data'): asserts data is RecordData {
  if (Object.prototype.toString.call(data) !== '[object Object]')
    throw invalid(
      Array.isArray(data) && path === '/data'
        ? 'The value must be a plain object. Pass a list to bulkCreate.'
        : 'The value must be a plain object.',
      path,
    );
}

export function assertId(id: unknown, path = '/id'): asserts id is string {
  if (typeof id !== 'string')
    throw invalid(
      'The id of a record must be a string. To find records by a filter, call updateMany or deleteMany.',
      path,
    );
  if (!isStorableText(id))
    throw invalid(
      'The id of a record must be a string without NUL characters and unpaired surrogates.',
      path,
    );
}

export function assertObjectName(name: unknown): asserts name is string {
  if (typeof name !== 'string') throw invalid('The name of an object must be a string.', '/object');
}

export function assertIds(ids: unknown, path: string): asserts ids is readonly string[] {
  assertList(ids, path);
  for (const [index, id] of ids.entries()) assertId(id, `${path}/${index}`);
}

export function assertList(items: unknown, path: string): asserts items is readonly unknown[] {
  if (!Array.isArray(items)) throw invalid('A list is required. Put the value in brackets.', path);
}

/** Throws `invalid_request` unless the value is a list without holes whose items are objects. */
export function assertObjects(items: unknown, path: string): asserts items is readonly object[] {
  assertList(items, path);
  for (const [index, item] of items.entries()) assertRecordData(item, `${path}/${index}`);
}

function isSignal(signal: unknown): boolean {
  return signal === undefined || signal instanceof EventTarget;
}

/** Options of all operations. */
const OPTIONS = ['transaction', 'system', 'onViolation', 'actor', 'signal', 'isolationLevel'];

/** Options of some operations, which resemble none of the others. */
const UNMISTAKABLE: ReadonlySet<string> = new Set(['foreignKeys', 'mode']);

/** Without this check, a write with a misspelled `transaction` would run outside of it. */
function assertSpelled(options: object): void {
  if (Object.keys(options).every((key) => UNMISTAKABLE.has(key))) return;
  const found = misspelledKey(options, OPTIONS);
  if (!found) return;
  const { key, meant } = found;
  throw invalid(
    `The option is unknown. Did you mean \`${meant}\`?`,
    `/options/${key.slice(0, MAX_CHARACTERS)}`,
  );
}

export function assertOptions(options: unknown): asserts options is Pick<DriverOptions, 'signal'> {
  assertRecordData(options, '/options');
  assertSpelled(options);
  if (!isSignal(options.signal)) throw invalid('The signal must be an AbortSignal.', '/options/signal');
}
