import type { AnyShape } from './stored-only.js';

type Named<Key> = string extends Key ? never : number extends Key ? never : Key;
type NamedKeys<T> = keyof { [Key in keyof T as Named<Key>]: Key };
type KeysOf<Shape> = Shape extends unknown ? keyof Shape : never;
type ValueAt<Shape, Key> = Shape extends unknown ? (Key extends keyof Shape ? Shape[Key] : never) : never;

type Scalar = string | number | boolean | null | undefined;

/** The type of a loose schema without unknown keys, at every depth; records with arbitrary keys are unchanged. */
export type KnownKeys<T> = unknown extends T
  ? T
  : T extends Scalar
    ? T
    : T extends (infer Item)[]
      ? KnownKeys<Item>[]
      : T extends readonly (infer Item)[]
        ? readonly KnownKeys<Item>[]
        : T extends object
          ? [NamedKeys<T>] extends [never]
            ? { [Key in keyof T]: KnownKeys<T[Key]> }
            : { [Key in keyof T as Named<Key>]: KnownKeys<T[Key]> }
          : T;

/** T, with `never` at every key that the shape does not have: a type parameter alone would permit such keys. */
export type OnlyKnown<T, Shape> = AnyShape extends Shape
  ? T
  : T extends readonly unknown[]
    ? { [Index in keyof T]: OnlyKnown<T[Index], Shape extends readonly (infer Item)[] ? Item : never> }
    : T extends object
      ? {
          [Key in keyof T]: string extends Key
            ? T[Key]
            : Key extends KeysOf<Shape>
              ? OnlyKnown<T[Key], ValueAt<Shape, Key>>
              : never;
        }
      : T;

type ItemOf<Shape> = Shape extends readonly (infer Item)[] ? Item : never;

/** The shapes with keys of their own: `object`, which stands for any, has none. */
type KeyedShape<Shape> = Shape extends Scalar | readonly unknown[]
  ? never
  : [keyof Shape] extends [never]
    ? never
    : Shape;

type DescribedKeys<T, Shape> = [Shape] extends [never]
  ? unknown
  : string extends keyof Shape
    ? { [Key in keyof T]: DescribedBy<T[Key], Shape[string & keyof Shape]> }
    : {
        [Key in keyof Shape as Extract<Key, keyof T>]: Key extends keyof T
          ? DescribedBy<T[Key], Shape[Key]>
          : never;
      };

/**
 * The keys of T that the shape describes, with values of any type: intersected with T, it changes nothing but adds the
 * descriptions that editors show. An intersection with the shape itself would not do: an editor finds a key of a
 * stored-only value in several members of its union, and shows no description.
 */
export type DescribedBy<T, Shape> = T extends Scalar
  ? unknown
  : T extends readonly unknown[]
    ? { [Index in keyof T]: DescribedBy<T[Index], ItemOf<Shape>> }
    : DescribedKeys<T, KeyedShape<Shape>>;
