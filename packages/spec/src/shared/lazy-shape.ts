import type * as z from 'zod';

/**
 * Creates the keys of an object schema when a value is first parsed, because most users of the protocol parse with few
 * of its schemas.
 */
export function lazyShape<Shape extends z.core.$ZodShape>(make: () => Shape): Shape {
  let made: Shape | undefined;
  const shape = () => {
    made ??= make();
    return made;
  };
  return new Proxy({} as Shape, {
    ownKeys: () => Reflect.ownKeys(shape()),
    getOwnPropertyDescriptor: (_, key) => Reflect.getOwnPropertyDescriptor(shape(), key),
    get: (_, key) => Reflect.get(shape(), key),
  });
}
