import type { IDataDriver } from '@objectstack/spec/contracts';
import { type ObjectDefinition, ObjectDefinitionSchema } from '@objectstack/spec/data';
import { type DriverCall, definitionsOf, queryOf } from './driver-call.js';
import type { Capability } from './driver-trial.js';

/** A call that a driver without the capability must reject. */
export interface DeniedCall {
  /** Other capabilities that the call requires. */
  readonly needs?: readonly Capability[];
  readonly run: (driver: IDataDriver) => Promise<unknown>;
}

/** A capability whose absence makes calls fail. */
export interface Feature {
  /** The calls that require it, for the reference. */
  readonly gates: string;
  readonly isUsedBy: (call: DriverCall) => boolean;
  /** Calls that use it in each of its forms; each is rejected without it, before anything has changed. */
  readonly denied: readonly DeniedCall[];
}

/** A capability whose absence permits other behavior. */
export interface Guarantee {
  /** What a driver without it may do, for the reference. */
  readonly otherwise: string;
}

/** A call, and the other capabilities that it requires. */
export const deniedCall = (run: DeniedCall['run'], ...needs: Capability[]): DeniedCall => ({ run, needs });

/** A feature that is one method. */
export const ofMethod = (name: string, call: DeniedCall['run'], ...needs: Capability[]): Feature => ({
  gates: `\`${name}\``,
  isUsedBy: (made) => made.method === name,
  denied: [deniedCall(call, ...needs)],
});

export type Query = Readonly<Record<string, unknown>>;

export async function drain(records: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of records);
}

/** A feature of queries; each of these is tried. */
export const ofQuery = (
  gates: string,
  isUsedBy: (query: Query) => boolean,
  ...queries: Query[]
): Feature => ({
  gates,
  isUsedBy: (call) => isUsedBy(queryOf(call)),
  denied: queries.flatMap((query) => [
    deniedCall((driver) => driver.find('account', query)),
    deniedCall((driver) => driver.findOne('account', query)),
    deniedCall((driver) => drain(driver.findStream('account', query)), 'streaming'),
    deniedCall((driver) => driver.explain('account', query)),
  ]),
});

/** An object that is not deployed. */
export const deniedObject = (rest: object): ObjectDefinition =>
  ObjectDefinitionSchema.parse({ name: 'denied', fields: { name: { type: 'text' } }, ...rest });

const sync = (definition: ObjectDefinition): DeniedCall[] => [
  deniedCall((driver) => driver.syncSchema('denied', definition), 'schemaSync'),
  deniedCall((driver) => driver.syncSchemasBatch([{ object: 'denied', definition }]), 'batchSchemaSync'),
];

/** A feature of definitions; each of these is deployed in every way. */
export const ofDefinition = (
  gates: string,
  isUsedBy: (definition: ObjectDefinition) => boolean,
  ...definitions: ObjectDefinition[]
): Feature => ({
  gates,
  isUsedBy: (call) => definitionsOf(call).some(isUsedBy),
  denied: definitions.flatMap(sync),
});
