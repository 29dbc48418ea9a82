import type { CurrentSchema, Drift, Table } from '@objectstack/spec/system';
import { tableOf } from '../schema/object-table.js';
import { driftOf } from './drift.js';

/** The tables of the objects as their deployments made them, by name. */
export function deployedTables({ objects }: CurrentSchema): Map<string, Table> {
  const known = new Set(objects.map(({ definition }) => definition.name));
  return new Map(objects.map(({ definition }) => [definition.name, tableOf(definition, known)]));
}

/** See {@link ISchemaDiffService.findDrift}. */
export const findDrift = (current: CurrentSchema): Drift[] => driftOf(current, deployedTables(current));
