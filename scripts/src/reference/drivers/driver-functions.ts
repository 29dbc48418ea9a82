import * as data from '@objectstack/spec/data';
import * as drivers from '@objectstack/spec/drivers';
import * as shared from '@objectstack/spec/shared';
import ts from 'typescript';
import type { SourceFile } from '../../catalog/source-index.js';
import { code, table } from '../markdown.js';

/** Functions and constants that drivers use, by purpose. */
const DRIVER_FUNCTIONS: Readonly<Record<string, readonly string[]>> = {
  'Objects and their fields': [
    ...['objectModel', 'modelOf', 'lookupsTo', 'deleteRuleOf', 'uniqueKeysOf', 'separateSystemFields'],
    ...['SYSTEM_FIELDS', 'fieldValueModel', 'storageOf', 'isList', 'isReference', 'referenceTarget'],
    ...['FIELD_TYPES', 'FIELD_ENCODINGS'],
  ],
  'Records to write': [
    ...[
      'newRow',
      'newRows',
      'changedValues',
      'upsertTarget',
      'upsertKeys',
      'upsertChanges',
      'assertConstraints',
    ],
    ...['assertLookups', 'referringRows', 'newRecordId', 'atIndex'],
    ...['checkNewRecord', 'checkChanges', 'acceptRecord', 'encodeField', 'checkValue', 'isMissing'],
    ...['defaultValueOf', 'beyondRecordLimit', 'isStorableText', 'LIMITS'],
  ],
  Autonumbers: [
    ...['assignAutonumbers', 'autonumbersOf', 'autonumberFormatText', 'parseAutonumberFormat'],
    ...['isAutonumberTokenField', 'renderAutonumber', 'readAutonumber'],
  ],
  'Records to read': [
    ...['parseQuery', 'parseFilterOnly', 'parseFilterToWrite', 'QUERY_CAPABILITIES', 'recordShape'],
    ...['assertRecordsQuery', 'valuesKey', 'shapeRecord', 'shapeRecords', 'streamRecords', 'decodeRow'],
    ...['selectRows', 'rowSelection', 'rowFilter', 'recordOrder', 'rowComparer', 'cursorRow', 'pageOf'],
    ...['selectValues', 'valueColumns', 'compareStored', 'compareTexts'],
    ...['decodeValue', 'hasValues', 'isSameValue', 'cursorAfter', 'operatorsOf', 'ignoresCase', 'foldCase'],
    'encodeItem',
    'FILTER_OPERATORS',
  ],
  Transactions: ['DriverTransactions', 'AsyncLock', 'assertTransactionOptions'],
  'Objects to deploy': [
    ...['parseDefinition', 'assertDeployable', 'convertRow'],
    ...['defaultProblem', 'backfillProblem', 'indexCondition'],
  ],
  'Calls and errors': [
    ...['DeniedFeatures', 'assertCall', 'assertCallOptions', 'assertRecordData', 'assertRecordId'],
    ...['assertListOf', 'assertUpdates', 'invalidQuery', 'invalidFilter'],
    ...['rejection', 'ObjectStackError', 'ERROR_CODES', 'undeclaredFacts', 'toJsonPointer', 'issuesOf'],
    ...['isPlainObject', 'throwIfAborted', 'unlessAborted'],
  ],
};

const isExported = (statement: ts.Statement) =>
  ts.canHaveModifiers(statement) &&
  ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) === true;

interface Documented {
  /** First sentence of its documentation. */
  readonly summary: string;
  /** Names of the parameters in parentheses; empty for a constant or a class. */
  readonly parameters: string;
}

function parametersOf(node: ts.Node | undefined): string {
  if (!node || !(ts.isFunctionDeclaration(node) || ts.isArrowFunction(node))) return '';
  const names = node.parameters.map(({ name, questionToken, initializer }) => {
    const shown = name
      .getText()
      .replace(/\s+/g, ' ')
      .replace(/^.{40,}$/, '{ … }');
    return questionToken || initializer ? `${shown}?` : shown;
  });
  return `(${names.join(', ')})`;
}

/** Documentation of each exported declaration. */
function documentedIn(sources: readonly SourceFile[]): Map<string, Documented> {
  const found = new Map<string, Documented>();
  for (const { path, text } of sources) {
    const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
    for (const statement of file.statements.filter(isExported)) {
      const declared: [string, string][] = ts.isVariableStatement(statement)
        ? statement.declarationList.declarations.map(({ name, initializer }) => [
            name.getText(),
            parametersOf(initializer),
          ])
        : [[(statement as ts.DeclarationStatement).name?.getText() ?? '', parametersOf(statement)]];
      const [doc] = ts.getJSDocCommentsAndTags(statement).filter(ts.isJSDoc);
      const comment = (ts.getTextOfJSDocComment(doc?.comment) ?? '').replace(/\s+/g, ' ');
      const sentence = /^.*?[.:](?= |$)/.exec(comment)?.[0] ?? comment;
      for (const [name, parameters] of declared)
        if (!found.has(name)) found.set(name, { summary: sentence.replace(/:$/, '.'), parameters });
    }
  }
  return found;
}

const SUBPATHS = { data, drivers, shared };

const subpathOf = (name: string) =>
  Object.entries(SUBPATHS).find(([, exports]) => Object.hasOwn(exports, name))?.[0];

/** A table of functions for each purpose. Throws if one does not exist or is not documented. */
export function driverFunctionTables(sources: readonly SourceFile[]): string[] {
  const documented = documentedIn(sources);
  const row = (name: string) => {
    const [subpath, { summary = '', parameters = '' } = {}] = [subpathOf(name), documented.get(name)];
    if (!subpath || !summary) throw new Error(`${name} is not an exported, documented function.`);
    return [code(`${name}${parameters}`), code(subpath), summary];
  };
  return Object.entries(DRIVER_FUNCTIONS).map(([purpose, names]) =>
    table([purpose, 'subpath', 'description'], names.map(row)),
  );
}
