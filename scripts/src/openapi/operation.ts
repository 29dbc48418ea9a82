import type { ComponentSchema } from './schema-reference.js';

/** How a service exposes a method of a contract. Description and error codes are read from the contract. */
export interface Operation {
  /** Contract and method, such as `IQuotaService.getUsage`. */
  readonly method: string;
  /** Unique id of the operation. Default: the name of the method. */
  readonly operationId?: string;
  readonly verb: 'get' | 'post' | 'put' | 'patch' | 'delete';
  readonly path: string;
  /** Schemas of path parameters other than arbitrary text. */
  readonly places?: Readonly<Record<string, ComponentSchema>>;
  /** Query parameters; a name with a question mark is optional. */
  readonly query?: Readonly<Record<string, ComponentSchema>>;
  readonly body?: ComponentSchema;
  /** Schema of the response. Absent: no content. */
  readonly answer?: ComponentSchema;
}
