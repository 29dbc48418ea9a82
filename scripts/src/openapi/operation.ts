import type { ComponentSchema } from './schema-reference.js';

/** How a service exposes a method of a contract. What it says and how it fails is read from the contract. */
export interface Operation {
  /** Contract and method, such as `IQuotaService.getUsage`. */
  readonly method: string;
  readonly verb: 'get' | 'post' | 'put' | 'patch' | 'delete';
  readonly path: string;
  /** Schemas of the places in the path that are not any text. */
  readonly places?: Readonly<Record<string, ComponentSchema>>;
  /** Parameters of the query; a name with a question mark may be absent. */
  readonly query?: Readonly<Record<string, ComponentSchema>>;
  readonly body?: ComponentSchema;
  /** What it answers with. Absent: nothing. */
  readonly answer?: ComponentSchema;
}
