import { toJsonPointer } from '@objectstack/spec/shared';
import type { DeployValidationCode } from '@objectstack/spec/system';
import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type ParsedNode,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { isExactNumber } from './is-exact-number.js';
import { limitFailure, type TextLimits, textFailure } from './text-failure.js';
import type { TextLines } from './text-lines.js';

interface YamlContext {
  readonly limits: TextLimits;
  readonly lines: TextLines;
}

/** Notation of numbers in JSON; YAML has others, such as 0x1F, 012 and .inf, which other parsers read differently. */
const JSON_NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/**
 * The JSON value of a YAML document: plain objects with text keys, lists, texts, exact numbers, booleans and null. Dates
 * are texts. Throws `invalid_bundle` with path, line and column for tags, aliases and everything else that JSON lacks.
 */
export function toJsonValue(contents: ParsedNode | null, context: YamlContext): unknown {
  return new YamlConverter(context).convert(contents);
}

/** Recursion is bounded: the levels were counted before. */
class YamlConverter {
  private readonly path: (string | number)[] = [];
  private nodes = 0;

  constructor(private readonly context: YamlContext) {}

  convert(node: unknown): unknown {
    const { limits } = this.context;
    this.nodes += 1;
    if (this.nodes > limits.maxNodes) throw limitFailure(limits, 'maxNodes', toJsonPointer(this.path));
    if (node === null || node === undefined) return null;
    if (isAlias(node)) this.fail(node, 'Aliases such as *name are not supported. Write the value again.');
    if ((node as { tag?: string }).tag !== undefined) {
      this.fail(node, 'Tags such as !!binary are not supported. Remove it; put a string in quotes.');
    }
    if (isMap(node)) return this.convertMap(node);
    if (isSeq(node)) return this.convertList(node);
    return this.convertScalar(node as Scalar);
  }

  private convertList({ items }: YAMLSeq): unknown[] {
    return items.map((item, index) => {
      this.path.push(index);
      const value = this.convert(item);
      this.path.pop();
      return value;
    });
  }

  private convertMap({ items }: YAMLMap): Record<string, unknown> {
    const { limits } = this.context;
    const entries = new Map<string, unknown>();
    for (const { key: keyNode, value } of items) {
      const key = this.keyOf(keyNode);
      this.path.push(key);
      if (key === '__proto__')
        this.fail(keyNode, 'The key __proto__ is not allowed. Rename it.', 'unsafe_key');
      if (entries.has(key))
        this.fail(keyNode, 'The key occurs twice in one object. Remove one of them.', 'duplicate_name');
      entries.set(key, this.convert(value));
      if (entries.size > limits.maxKeys) throw limitFailure(limits, 'maxKeys', toJsonPointer(this.path));
      this.path.pop();
    }
    return Object.fromEntries(entries);
  }

  /** A key is a text as it is written: `1` and `true` are not converted. */
  private keyOf(node: unknown): string {
    if (!isScalar(node) || node.value === null || node.tag !== undefined)
      this.fail(node, 'A key must be a string. Put it in quotes.');
    return typeof node.value === 'string' ? node.value : (node.source ?? '');
  }

  private convertScalar(node: Scalar): unknown {
    const { value, source = '' } = node;
    if (typeof value !== 'number') return value;
    if (!JSON_NUMBER.test(source)) {
      const message =
        'The notation of the number is not that of JSON. Put a string in quotes, or write the number in digits.';
      this.fail(node, message);
    }
    if (isExactNumber(source)) return value;
    const message = 'A double cannot represent the number exactly. Write it as a string, or round it.';
    return this.fail(node, message, 'inexact_number');
  }

  private fail(node: unknown, message: string, code: DeployValidationCode = 'not_yaml'): never {
    const [offset] = (node as { range?: readonly number[] | null }).range ?? [];
    const place = offset === undefined ? {} : { place: this.context.lines.placeOf(offset) };
    throw textFailure({ code, message, path: toJsonPointer(this.path), ...place });
  }
}
