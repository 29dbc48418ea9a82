import { jsonHint } from '../shared/json-hint.js';
import { JsonReader } from '../shared/json-reader.js';

/** First character at which a text is not JSON, and how to mend it. */
export interface JsonErrorPlace {
  readonly line: number;
  readonly column: number;
  readonly hint: string;
}

/**
 * Line and column, both starting at 1, and a hint, of the first character at which a text is not JSON; `undefined` if it is JSON. The
 * messages of `JSON.parse` have no position in some engines, and quote the text.
 */
export function jsonErrorPlace(text: string): JsonErrorPlace | undefined {
  const reader = new JsonReader(text);
  const closers: ('}' | ']')[] = [];
  const readsKey = () => reader.readKey() !== undefined && reader.take(':');
  /** Reads a scalar, or descends to the first scalar or empty container. */
  const readsValue = (): boolean => {
    for (;;) {
      if (reader.take('{')) {
        closers.push('}');
        if (reader.peek() === '}') return true;
        if (!readsKey()) return false;
      } else if (reader.take('[')) {
        closers.push(']');
        if (reader.peek() === ']') return true;
      } else {
        return reader.readNumber() !== undefined || reader.readScalar();
      }
    }
  };
  const readsDocument = (): boolean => {
    if (!readsValue()) return false;
    for (let closer = closers.at(-1); closer; closer = closers.at(-1)) {
      if (reader.take(closer)) closers.pop();
      else if (!reader.take(',') || (closer === '}' && !readsKey()) || !readsValue()) return false;
    }
    return reader.isAtEnd();
  };
  return readsDocument() ? undefined : { ...reader.place(), hint: jsonHint(text, reader.offset) };
}
