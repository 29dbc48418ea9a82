import { JsonReader } from '@objectstack/spec/shared';
import { stepsOf } from './steps-of.js';

/** Steps of the paths to locate, as a tree, and where each was found. */
class WantedPart {
  readonly parts = new Map<string, WantedPart>();
  offset: number | undefined;

  partAt(step: string): WantedPart {
    const known = this.parts.get(step);
    if (known) return known;
    const part = new WantedPart();
    this.parts.set(step, part);
    return part;
  }
}

/** Object or list that is being read, and the part of the tree that stands for it. */
interface Frame {
  readonly isObject: boolean;
  readonly part: WantedPart | undefined;
  index: number;
}

/**
 * Offsets of the parts that JSON Pointers lead to in a text that is known to be JSON: of the key of a property, or of
 * an item. If there is no such part, the offset of the innermost one around it.
 */
export function locateInJson(text: string, pointers: readonly string[]): Map<string, number> {
  const root = new WantedPart();
  for (const pointer of pointers) stepsOf(pointer).reduce((part, step) => part.partAt(step), root);
  new JsonLocator(text, root).run();
  return new Map(pointers.map((pointer) => [pointer, offsetOf(root, stepsOf(pointer))]));
}

function offsetOf(root: WantedPart, steps: readonly string[]): number {
  let part: WantedPart | undefined = root;
  let offset = root.offset ?? 0;
  for (const step of steps) {
    part = part?.parts.get(step);
    offset = part?.offset ?? offset;
  }
  return offset;
}

class JsonLocator {
  private readonly reader: JsonReader;
  private readonly frames: Frame[] = [];
  /** The part of the tree for the current value. */
  private part: WantedPart | undefined;

  constructor(
    text: string,
    private readonly root: WantedPart,
  ) {
    this.reader = new JsonReader(text);
  }

  run(): void {
    this.reader.peek();
    this.root.offset = this.reader.offset;
    this.part = this.root;
    do this.readValue();
    while (this.moveOn());
  }

  /** Reads a scalar, or enters a container. */
  private readValue(): void {
    const { part } = this;
    if (this.reader.take('{')) this.frames.push({ isObject: true, part, index: -1 });
    else if (this.reader.take('[')) this.frames.push({ isObject: false, part, index: -1 });
    else if (this.reader.readNumber() === undefined) this.reader.readScalar();
  }

  /** Moves to the next value; false at the end of the text. */
  private moveOn(): boolean {
    for (let frame = this.frames.at(-1); frame; frame = this.frames.at(-1)) {
      if (this.reader.take(frame.isObject ? '}' : ']')) {
        this.frames.pop();
      } else {
        this.reader.take(',');
        this.part = this.readStep(frame);
        return true;
      }
    }
    return false;
  }

  private readStep(frame: Frame): WantedPart | undefined {
    frame.index += 1;
    this.reader.peek();
    const { offset } = this.reader;
    const step = frame.isObject ? (this.reader.readKey() ?? '') : String(frame.index);
    if (frame.isObject) this.reader.take(':');
    const part = frame.part?.parts.get(step);
    if (part) part.offset = offset;
    return part;
  }
}
