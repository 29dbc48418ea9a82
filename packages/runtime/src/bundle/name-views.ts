type JsonObject = Record<string, unknown>;

/** Maximum length of a derived name without its suffix. */
const MAX_STEM = 57;

/** Gives each view without a name a unique name, and each view without an object the object of its data source. */
export function nameViews(views: unknown): unknown {
  if (!Array.isArray(views)) return views;
  const taken = new Set(views.map((view) => propertyOf(view, 'name')));
  return views.map((view: unknown) => {
    if (typeof view !== 'object' || view === null) return view;
    const source = sourceOf(view as JsonObject);
    const name = propertyOf(view, 'name') ?? takeName(stemOf(view as JsonObject, source), taken);
    return { name, ...(source !== undefined && { object: source }), ...view };
  });
}

/** Object whose records the view shows. */
function sourceOf(view: JsonObject): unknown {
  const parts = [view, view.list, view.form];
  return parts
    .map((part) => propertyOf(propertyOf(part, 'data'), 'object'))
    .find((object) => object !== undefined);
}

function stemOf(view: JsonObject, source: unknown): string {
  const listName = propertyOf(view.list, 'name');
  const stem = [source, listName].find((name) => typeof name === 'string');
  return typeof stem === 'string' ? stem : 'view';
}

function takeName(stem: string, taken: Set<unknown>): string {
  let name = stem;
  for (let count = 2; taken.has(name); count += 1) name = `${stem.slice(0, MAX_STEM)}_${count}`;
  taken.add(name);
  return name;
}

function propertyOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as JsonObject)[key] : undefined;
}
