import { showCall } from './show.js';

interface RecordedCall {
  readonly method: string;
  readonly args: readonly unknown[];
}

/** Enough calls to repeat most requirements. */
const MOST = 6;

/** The last calls of the implementations that a check uses, for the message of its failure. */
export class RecordedCalls {
  readonly #calls: RecordedCall[] = [];

  /** The implementation, recording the calls of its methods. */
  record<Subject extends object>(subject: Subject): Subject {
    return new Proxy(subject, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name, target);
        if (typeof value !== 'function') return value;
        return (...args: unknown[]) => {
          this.#add({ method: String(name), args });
          return value.apply(target, args);
        };
      },
    });
  }

  #add(call: RecordedCall): void {
    this.#calls.push(call);
    if (this.#calls.length > MOST) this.#calls.shift();
  }

  /** The calls as lines, the last one last. */
  lines(): string[] {
    return this.#calls.map(({ method, args }) => showCall(method, args));
  }
}
