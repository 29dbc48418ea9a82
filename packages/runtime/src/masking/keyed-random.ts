import { createHmac, randomBytes } from 'node:crypto';

/*
 * Numbers, texts and permutations that depend on a secret key and on the input alone. The key is made for one clone and is
 * never stored, so that the original of a masked value cannot be found by masking candidates.
 */

/** Letters and digits that are hard to confuse, 32 of them. */
const ALPHABET = 'abcdefghijkmnpqrstuvwxyz23456789';
const ROUNDS = 10;
const KEY_BYTES = 32;

/** The least integer whose square is at least `value`. */
function rootAbove(value: bigint): bigint {
  let root = 1n << BigInt(Math.ceil(value.toString(2).length / 2));
  for (let next = (root + value / root) / 2n; next < root; next = (root + value / root) / 2n) root = next;
  return root * root < value ? root + 1n : root;
}

export class KeyedRandom {
  readonly #key: Uint8Array;

  constructor(key: Uint8Array = randomBytes(KEY_BYTES)) {
    this.#key = key;
  }

  /** A number from 0 to `limit` - 1. */
  below(limit: bigint, ...input: readonly string[]): bigint {
    return BigInt(`0x${this.#digest(input).toString('hex')}`) % limit;
  }

  /** A text of `length` letters and digits; 16 of them have 80 bits. */
  text(length: number, ...input: readonly string[]): string {
    let text = '';
    for (let block = 0; text.length < length; block++)
      for (const byte of this.#digest([...input, `block ${block}`])) text += ALPHABET.charAt(byte % 32);
    return text.slice(0, length);
  }

  /**
   * Permutes the numbers from 0 to `limit` - 1: different numbers have different results. A Feistel network over pairs of
   * numbers, which is repeated while the result is not below the limit.
   */
  permute(limit: bigint, value: bigint, ...input: readonly string[]): bigint {
    if (limit < 2n) return value;
    const columns = rootAbove(limit);
    const rows = (limit + columns - 1n) / columns;
    let result = value;
    do result = this.#network({ columns, rows }, result, input);
    while (result >= limit);
    return result;
  }

  #network(
    { columns, rows }: { columns: bigint; rows: bigint },
    value: bigint,
    input: readonly string[],
  ): bigint {
    let [row, column] = [value / columns, value % columns];
    for (let round = 0; round < ROUNDS; round += 2) {
      column = (column + this.below(columns, ...input, `round ${round}`, `${row}`)) % columns;
      row = (row + this.below(rows, ...input, `round ${round + 1}`, `${column}`)) % rows;
    }
    return row * columns + column;
  }

  #digest(input: readonly string[]): Buffer {
    return createHmac('sha512', this.#key).update(JSON.stringify(input)).digest();
  }
}
