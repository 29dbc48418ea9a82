import { findingsInEditor } from '../../json-schema/json-editor.js';
import { COMPILER_MISTAKES } from './compiler-mistakes.js';
import { type FirstDayMistake, mistake } from './first-day-mistake.js';

/** The issues that an editor underlines, each at the underlined text. */
const edit = (field: string) => async () => {
  const object = `{"name": "task", "fields": {"x": {${field}}}}`;
  const findings = await findingsInEditor(
    `{"$schema": "./ObjectDefinition.authoring.json", ${object.slice(1)}`,
  );
  return {
    issues: findings.map(({ underlined, message }) => ({ code: 'editor', path: underlined, message })),
  };
};

const EDITOR_MISTAKES = [
  mistake('a misspelled type in an editor', edit('"type": "selct"'), [
    'editor',
    '"selct"',
    /Valid values: .*"select"/,
  ]),
  mistake('options of another shape in an editor', edit('"type": "select", "options": "open"'), [
    'editor',
    '"open"',
    /Expected "array"/,
  ]),
  mistake('a text for a boolean in an editor', edit('"type": "text", "required": "yes"'), [
    'editor',
    '"yes"',
    /Expected "boolean"/,
  ]),
];

/** What the compiler says, which `compile-blocks.test.ts` compares with the compiler. */
const compile = (index: number) => () => {
  const { message = '' } = COMPILER_MISTAKES[index] ?? {};
  const [, name = ''] = /(?:'(\w+)' does not|^Type '"(\w+)"')/.exec(message)?.filter(Boolean) ?? [];
  return { issues: [{ code: 'compiler', path: name, message }] };
};

/** Mistakes that tools find before anything runs. */
export const TOOL_MISTAKES: readonly FirstDayMistake[] = [
  ...EDITOR_MISTAKES,
  mistake('a misspelled option of a runtime', compile(0), [
    'compiler',
    'retentionDay',
    /Did you mean to write 'retentionDays'/,
  ]),
  mistake('a misspelled option of a deployment', compile(1), [
    'compiler',
    'alow',
    /Did you mean to write 'allow'/,
  ]),
  mistake('an unknown subscription plan', compile(2), [
    'compiler',
    'premium',
    /"free" \| "pro" \| "enterprise"/,
  ]),
];
