import type * as z from 'zod';

/** What Zod keeps inside a schema of objects, with the types of its values written out. */
interface ExplicitObjectInternals<
  Shape extends z.core.$ZodShape,
  Config extends z.core.$ZodObjectConfig,
  Output,
  Input,
> extends z.core.$ZodTypeInternals<Output, Input> {
  def: z.core.$ZodObjectDef<Shape>;
  config: Config;
  isst: z.core.$ZodIssueInvalidType | z.core.$ZodIssueUnrecognizedKeys;
  propValues: z.core.util.PropValues;
  optin?: 'optional' | undefined;
  optout?: 'optional' | undefined;
}

/** A `z.ZodObject` whose `parse` returns a named type; the compiler infers nothing from its shape until asked to. */
export interface ExplicitObject<
  Shape extends z.core.$ZodShape,
  Config extends z.core.$ZodObjectConfig,
  Output,
  Input = Output,
> extends z.ZodType<Output, Input, ExplicitObjectInternals<Shape, Config, Output, Input>>,
    Omit<z.ZodObject<Shape, Config>, keyof z.ZodType> {}
