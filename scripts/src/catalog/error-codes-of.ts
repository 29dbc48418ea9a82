import { type ErrorCode, ErrorCodeEnum } from '@objectstack/spec';
import type { Contract, ContractMethod } from './contract-index.js';

const known = new Set<string>(ErrorCodeEnum.options);

/** A clause about some methods only, and which those are. */
const CONDITIONS: readonly (readonly [RegExp, (method: ContractMethod) => boolean])[] = [
  [/take a tenant id/, ({ parameters }) => parameters.includes('tenantId')],
  [/take a driver/, ({ parameters }) => parameters.includes('driver')],
  [/takes an object name/, ({ parameters }) => parameters.includes('object')],
  [/mutating ones/, ({ parameters }) => parameters.includes('options')],
];

/** What a text may say instead of naming codes: like whom, and the contract that says it. */
const ALIKE: readonly (readonly [RegExp, string])[] = [
  [/like the router/, 'ITenantRouter'],
  [/like any call of the driver/, 'IDataDriver'],
];

const namesIn = (text: string) => [...text.matchAll(/`(\w+)`/g)].map(([, name = '']) => name);

/** Clauses of a text about all methods of a contract that speak of this one. */
function clausesFor(method: ContractMethod, doc: string): string[] {
  return doc.split(/(?<=[.;]) |, and (?=mutating)/).filter((clause) => {
    const [exceptions] = /every method but .* (?=reject)/.exec(clause) ?? [];
    if (exceptions && namesIn(exceptions).includes(method.name)) return false;
    return CONDITIONS.every(([pattern, applies]) => !pattern.test(clause) || applies(method));
  });
}

/** Codes that a text says by comparison with what another contract says of all its methods. */
function codesAlike(text: string, contracts: readonly Contract[]): string[] {
  const nobody = { contract: '', name: '', parameters: [], takes: [], returns: [], doc: '' };
  return ALIKE.filter(([pattern]) => pattern.test(text)).flatMap(([, contract]) => {
    const doc = contracts.find(({ name }) => name === contract)?.doc ?? '';
    return clausesFor(nobody, doc).flatMap(namesIn);
  });
}

/**
 * The codes that a method rejects with, as the JSDoc of the method and of its contract name them. "Like `create`" are
 * those of that method of the same contract, "like the router" those that the router's contract names for all.
 */
export function errorCodesOf(method: ContractMethod, contracts: readonly Contract[]): ErrorCode[] {
  if (/never (rejects|throws)/i.test(method.doc)) return [];
  const contract = contracts.find(({ name }) => name === method.contract);
  const texts = [method.doc, ...clausesFor(method, contract?.doc ?? '')];
  const likes = texts.flatMap((text) => [...text.matchAll(/like `(\w+)`/g)].map(([, name]) => name));
  const alike = contract?.methods.filter(({ name }) => name !== method.name && likes.includes(name)) ?? [];
  const named = [
    ...texts.flatMap(namesIn),
    ...texts.flatMap((text) => codesAlike(text, contracts)),
    ...alike.flatMap((other) => errorCodesOf(other, contracts)),
  ];
  return [...new Set(named)].filter((name): name is ErrorCode => known.has(name)).sort();
}
