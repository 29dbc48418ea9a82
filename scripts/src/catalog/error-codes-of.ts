import { type ErrorCode, ErrorCodeEnum } from '@objectstack/spec';
import type { Contract, ContractMethod } from './contract-index.js';

const known = new Set<string>(ErrorCodeEnum.options);

/** Types of parameters that are or contain a transaction. */
const TRANSACTIONAL: ReadonlySet<string> = new Set([
  'DriverOptions',
  'DriverTransaction',
  'TransactionOptions',
]);

/** Clause about particular methods, and the names of those methods. */
const CONDITIONS: readonly (readonly [RegExp, (method: ContractMethod) => boolean])[] = [
  [/take a tenant id/, ({ parameters }) => parameters.includes('tenantId')],
  [/take a driver/, ({ parameters }) => parameters.includes('driver')],
  [/takes an object name/, ({ parameters }) => parameters.includes('object')],
  [/takes a transaction/, ({ takes }) => takes.some((type) => TRANSACTIONAL.has(type))],
  [/mutating ones/, ({ parameters }) => parameters.includes('options')],
];

/** Phrases that refer to another contract instead of naming codes, with that contract. */
const ALIKE: readonly (readonly [RegExp, string])[] = [
  [/like the router/, 'ITenantRouter'],
  [/like any call of the driver/, 'IDataDriver'],
];

const namesIn = (text: string) => [...text.matchAll(/`(\w+)`/g)].map(([, name = '']) => name);

/** Clauses about all methods of a contract that apply to this one. */
function clausesFor(method: ContractMethod, doc: string): string[] {
  return doc.split(/(?<=[.;]) |, and (?=mutating)/).filter((clause) => {
    const [exceptions] = /every method but .* (?=reject)/.exec(clause) ?? [];
    if (exceptions && namesIn(exceptions).includes(method.name)) return false;
    return CONDITIONS.every(([pattern, applies]) => !pattern.test(clause) || applies(method));
  });
}

/** Codes that a text takes from the clauses about all methods of another contract. */
function codesAlike(text: string, contracts: readonly Contract[]): string[] {
  const anyCaller = { contract: '', name: '', parameters: [], takes: [], returns: [], doc: '' };
  return ALIKE.filter(([pattern]) => pattern.test(text)).flatMap(([, contract]) => {
    const doc = contracts.find(({ name }) => name === contract)?.doc ?? '';
    return clausesFor(anyCaller, doc).flatMap(namesIn);
  });
}

/**
 * The codes that a method rejects with, according to the JSDoc of the method and of its contract. "Like `create`"
 * refers to that method of the same contract, "like `IDataDriver.create`" to that of another one, "like the router" to the codes that the router's contract lists for all
 * methods.
 */
export function errorCodesOf(method: ContractMethod, contracts: readonly Contract[]): ErrorCode[] {
  if (/never (rejects|throws)/i.test(method.doc)) return [];
  const contract = contracts.find(({ name }) => name === method.contract);
  const texts = [method.doc, ...clausesFor(method, contract?.doc ?? '')];
  const alike = texts
    .flatMap((text) => [...text.matchAll(/like `(?:(\w+)\.)?(\w+)`/g)])
    .flatMap(([, of = method.contract, name]) => {
      const other = contracts.find((each) => each.name === of)?.methods.find((each) => each.name === name);
      return other && other !== method ? [other] : [];
    });
  const named = [
    ...texts.flatMap(namesIn),
    ...texts.flatMap((text) => codesAlike(text, contracts)),
    ...alike.flatMap((other) => errorCodesOf(other, contracts)),
  ];
  return [...new Set(named)].filter((name): name is ErrorCode => known.has(name)).sort();
}
