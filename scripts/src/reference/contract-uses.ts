import type { Contract, ContractMethod } from '../catalog/contract-index.js';

export interface ContractUses {
  readonly takes: readonly ContractMethod[];
  readonly returns: readonly ContractMethod[];
}

/** Methods that take or return a type of one of these names. */
export function contractUses(typeNames: readonly string[], contracts: readonly Contract[]): ContractUses {
  const names = new Set(typeNames);
  const methods = contracts.flatMap((contract) => contract.methods);
  return {
    takes: methods.filter(({ takes }) => takes.some((type) => names.has(type))),
    returns: methods.filter(({ returns }) => returns.some((type) => names.has(type))),
  };
}
