import type { EncodedValue } from './encoded-value.js';

/** Facts about an encoding: how the values of a field are represented in records and columns. */
export interface EncodingFacts {
  /**
   * Type of the column in SQLite; null if there is no column. In other databases, a driver chooses it by the encoding.
   */
  readonly column: 'TEXT' | 'REAL' | 'INTEGER' | null;
  /** JavaScript type of a value in a record; `json` is any JSON value, `none` that there is no value. */
  readonly value: 'text' | 'number' | 'boolean' | 'json' | 'none';
  /**
   * Filter operators that the field supports: `ordered` all operators, `equal` equality only, `presence` null checks
   * only.
   */
  readonly comparand: 'ordered' | 'equal' | 'presence';
  /** Rules of the field that its values must satisfy: `length` of a text, `range` of a number. */
  readonly rules: readonly ('length' | 'range')[];
  /** Description of a valid value, to complete a sentence after "must be". */
  readonly expected: string;
  /** Encodes a value, which is neither null nor undefined, for its column. */
  readonly encode: (value: unknown) => EncodedValue;
  /** Values of the default tokens `now` and `today`, from a timestamp in UTC; absent if the field cannot have them. */
  readonly tokens?: Readonly<Record<'now' | 'today', (timestamp: string) => string>>;
}
