/** A district as the registry has it; neither code is ever derived from the other. */
export interface KnownDistrict {
  readonly code: string;
  readonly reniecCode: string;
  readonly name: string;
}

export type FoundDistrict =
  | { readonly kind: 'found'; readonly code: string }
  | { readonly kind: 'missing' | 'unknown' | 'ambiguous' };

/** Without accents, capitals and signs: `Sto. Domingo` and `STO DOMINGO` are one. */
export function plainWords(text: string): string {
  return text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
}

/**
 * Finds a district by its UBIGEO of INEI or of RENIEC, or by its name, alone or as the last of
 * `JUNIN/HUANCAYO/EL TAMBO`. A code that is one district's by INEI and another's by RENIEC is ambiguous.
 */
export function districtFinder(known: readonly KnownDistrict[]): (text: string) => FoundDistrict {
  const codes = new Map<string, Set<string>>();
  const add = (key: string, code: string) => {
    codes.set(key, (codes.get(key) ?? new Set<string>()).add(code));
  };
  for (const { code, reniecCode, name } of known) {
    add(code, code);
    add(reniecCode, code);
    add(plainWords(name), code);
  }
  const seen = new Map<string, FoundDistrict>();
  const find = (text: string): FoundDistrict => {
    const words = plainWords(text);
    if (words === '') return { kind: 'missing' };
    const found = codes.get(words) ?? codes.get(plainWords(text.split('/').at(-1) ?? ''));
    const [code] = found ?? [];
    if (found === undefined || code === undefined) return { kind: 'unknown' };
    return found.size > 1 ? { kind: 'ambiguous' } : { kind: 'found', code };
  };
  return (text) => {
    let found = seen.get(text);
    if (found === undefined) {
      found = find(text);
      // The same few spellings come again and again; a file of nonsense must not fill the memory.
      if (seen.size < MOST_SPELLINGS) seen.set(text, found);
    }
    return found;
  };
}

const MOST_SPELLINGS = 2000;
