type JsonObject = Record<string, unknown>;

/** Field types of an older dialect that mean exactly one type of this protocol. */
const TYPES: Readonly<Record<string, string>> = {
  checkbox: 'boolean',
  autoNumber: 'autonumber',
  masterDetail: 'master_detail',
};

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Translates what an older dialect wrote in another way, where the meaning is unambiguous: fields as a list, names of
 * field types, options as texts, `referenceTo` and `stateMachine`. Everything else is returned unchanged, for validation
 * to judge.
 */
export function translateObject(object: unknown): unknown {
  if (!isObject(object)) return object;
  return withStateMachines(
    isUnset(object, 'fields') ? object : { ...object, fields: fieldsOf(object.fields) },
  );
}

const isUnset = (object: JsonObject, key: string): boolean => object[key] === undefined;

function fieldsOf(fields: unknown): unknown {
  const named = Array.isArray(fields) ? byName(fields) : fields;
  if (!isObject(named)) return fields;
  return Object.fromEntries(Object.entries(named).map(([name, field]) => [name, translateField(field)]));
}

/** A list of fields as a map; the list itself if a name is missing or occurs twice. */
function byName(fields: readonly unknown[]): unknown {
  const entries = fields.map((field) => [isObject(field) ? field.name : undefined, field] as const);
  const names = new Set(entries.map(([name]) => name));
  const isMap = names.size === fields.length && [...names].every((name) => typeof name === 'string');
  return isMap ? Object.fromEntries(entries) : fields;
}

function translateField(field: unknown): unknown {
  if (!isObject(field)) return field;
  const { referenceTo, ...others } = field;
  const isRenamed = typeof referenceTo === 'string' && isUnset(field, 'reference');
  const translated: JsonObject = isRenamed ? { ...others, reference: referenceTo } : { ...field };
  const { type, options } = translated;
  if (typeof type === 'string' && Object.hasOwn(TYPES, type)) translated.type = TYPES[type];
  if (Array.isArray(options)) translated.options = options.map(toOption);
  return translated;
}

const toOption = (option: unknown): unknown =>
  typeof option === 'string' ? { label: option, value: option } : option;

function withStateMachines(object: JsonObject): JsonObject {
  const { stateMachine, ...others } = object;
  if (!isObject(stateMachine) || !isUnset(object, 'stateMachines')) return object;
  const name = typeof stateMachine.id === 'string' ? stateMachine.id : 'main';
  return { ...others, stateMachines: { [name]: stateMachine } };
}
