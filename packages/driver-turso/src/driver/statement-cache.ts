import type { ObjectModel } from './object-model.js';

const MOST_SHAPES = 100;

/** Compiled statements of each object model by the shape of their query; released together with the model. */
export class StatementCache<T> {
  readonly #compiled = new WeakMap<ObjectModel, Map<string, T>>();

  /** The statement of a shape, compiled at its first use. */
  get(model: ObjectModel, shape: string, compile: () => T): T {
    const shapes = this.#compiled.get(model) ?? new Map<string, T>();
    this.#compiled.set(model, shapes);
    const known = shapes.get(shape);
    if (known) return known;
    const made = compile();
    if (shapes.size < MOST_SHAPES) shapes.set(shape, made);
    return made;
  }
}
