/** Filling an operator's template with a message; what is filled in cannot leave its place. */

type Escape = (value: string) => string;

const json: Escape = (value) => JSON.stringify(value).slice(1, -1);
const xml: Escape = (value) =>
  value.replace(/[&<>"']/g, (character) => `&#${String(character.charCodeAt(0))};`);

/** How values are written into a body of this content type. */
export function escapeFor(contentType: string): Escape {
  if (contentType.includes('json')) return json;
  if (contentType.includes('x-www-form-urlencoded')) return encodeURIComponent;
  if (contentType.includes('xml')) return xml;
  return (value) => value;
}

/** Replaces {{name}} by its value; a name nobody knows stays as it stands, and shows in a test send. */
export function fillTemplate(
  template: string,
  values: Readonly<Record<string, string>>,
  escape: Escape,
): string {
  return template.replace(/\{\{(\w+)\}\}/g, (whole, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    return value === undefined ? whole : escape(value);
  });
}

/** The value at a dotted path of parsed JSON (`messages.0.id`), as text; null when there is none. */
export function atPath(body: unknown, path: string): string | null {
  let at: unknown = body;
  for (const name of path.split('.')) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, name)) return null;
    at = (at as Record<string, unknown>)[name];
  }
  return typeof at === 'string' || typeof at === 'number' || typeof at === 'boolean'
    ? String(at)
    : null;
}
