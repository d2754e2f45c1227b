import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { AbstractIntlMessages } from 'next-intl';
import type { Locale } from './locale';

const loaded = new Map<Locale, Promise<AbstractIntlMessages>>();

async function read(locale: Locale): Promise<AbstractIntlMessages> {
  const folder = path.join(process.cwd(), 'messages', locale);
  const files = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
  const namespaces = await Promise.all(
    files.map(async (name): Promise<[string, AbstractIntlMessages]> => [
      path.basename(name, '.json'),
      JSON.parse(await readFile(path.join(folder, name), 'utf8')) as AbstractIntlMessages,
    ]),
  );
  return Object.fromEntries(namespaces);
}

/** All namespaces of a language, one per file of `messages/<locale>/`, read once per process. */
export async function messagesOf(locale: Locale): Promise<AbstractIntlMessages> {
  // While developing, an edited text shows at the next reload.
  if (process.env.NODE_ENV === 'development') return read(locale);
  const known = loaded.get(locale);
  if (known) return known;
  const reading = read(locale);
  loaded.set(locale, reading);
  return reading;
}
