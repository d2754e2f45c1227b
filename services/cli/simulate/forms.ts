/** What a browser without JavaScript makes of a page: its forms and what they would send. */

export interface PageForm {
  /** As written; an empty one means the address of the page. */
  readonly action: string;
  /** Names and values of the hidden inputs, in order. */
  readonly hidden: readonly (readonly [name: string, value: string])[];
  /** Names of everything a person could fill in. */
  readonly fields: readonly string[];
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
};

function decoded(text: string): string {
  return text.replace(/&(#x[0-9a-f]+|#[0-9]+|[a-z]+);/gi, (whole, name: string) => {
    if (name.startsWith('#')) {
      const code = /^#x/i.test(name) ? parseInt(name.slice(2), 16) : parseInt(name.slice(1), 10);
      return String.fromCodePoint(code);
    }
    return ENTITIES[name.toLowerCase()] ?? whole;
  });
}

function attributesOf(tag: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const [, name = '', double, single, bare] of tag.matchAll(
    /([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g,
  )) {
    found.set(name.toLowerCase(), decoded(double ?? single ?? bare ?? ''));
  }
  return found;
}

/** The forms of a page, in order. Scripts are left out: what they hold is no markup. */
export function formsOf(html: string): PageForm[] {
  const markup = html.replace(/<script\b[^>]*>[\s\S]*?<\/script>/gi, '');
  return [...markup.matchAll(/<form\b((?:"[^"]*"|'[^']*'|[^>"'])*)>([\s\S]*?)<\/form>/gi)].map(
    ([, formTag = '', inner = '']) => {
      const hidden: (readonly [string, string])[] = [];
      const fields: string[] = [];
      for (const [, kind = '', tag = ''] of inner.matchAll(
        /<(input|textarea|select|button)\b((?:"[^"]*"|'[^']*'|[^>"'])*)>/gi,
      )) {
        const attributes = attributesOf(tag);
        const name = attributes.get('name');
        if (name === undefined) continue;
        if (kind.toLowerCase() === 'input' && attributes.get('type') === 'hidden') {
          hidden.push([name, attributes.get('value') ?? '']);
        } else fields.push(name);
      }
      return { action: attributesOf(formTag).get('action') ?? '', hidden, fields };
    },
  );
}

/** The form that asks for this field. */
export function formAsking(html: string, field: string): PageForm | null {
  return formsOf(html).find((form) => form.fields.includes(field)) ?? null;
}

/** The fields as `multipart/form-data` (RFC 7578). Names and values are text, never files. */
export function multipart(
  fields: readonly (readonly [name: string, value: string])[],
  boundary: string,
): { readonly type: string; readonly body: string } {
  const parts = fields.map(([name, value]) => {
    const safe = name.replace(/"/g, '%22').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
    return `--${boundary}\r\nContent-Disposition: form-data; name="${safe}"\r\n\r\n${value}\r\n`;
  });
  return {
    type: `multipart/form-data; boundary=${boundary}`,
    body: `${parts.join('')}--${boundary}--\r\n`,
  };
}
