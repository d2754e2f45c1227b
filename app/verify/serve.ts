import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { webEnv } from '@/lib/env';

/** Written by services/supervisor/build-verifier.ts (`npm run build`, `npm run demo`). */
const FOLDER = join('node_modules', '.cache', 'minka-verify');

const FILES = {
  'minka-verify.html': 'text/html; charset=utf-8',
  'minka-verify.mjs': 'text/javascript; charset=utf-8',
} as const;
export type VerifierFile = keyof typeof FILES;

export function isVerifierFile(name: string): name is VerifierFile {
  return Object.hasOwn(FILES, name);
}

async function built(file: VerifierFile): Promise<string | null> {
  try {
    return await readFile(join(/* turbopackIgnore: true */ process.cwd(), FOLDER, file), 'utf8');
  } catch {
    return null;
  }
}

const HEADERS = {
  'cache-control': 'no-cache',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
} as const;

function missing(): Response {
  return new Response('El verificador no se construyó: npm run build', {
    status: 503,
    headers: HEADERS,
  });
}

/** The page as it is used here: it knows the ballot box of this site. Its policy goes by hash. */
export async function verifierPage(): Promise<Response> {
  const html = await built('minka-verify.html');
  const policy = html && /http-equiv="Content-Security-Policy"\s+content="([^"]+)"/.exec(html)?.[1];
  if (html === null || !policy) return missing();
  const box = new URL(webEnv().MINKA_BALLOT_BOX_URL).origin;
  return new Response(html.replace('<html lang="es">', `<html lang="es" data-box="${box}">`), {
    headers: {
      ...HEADERS,
      'content-type': FILES['minka-verify.html'],
      'content-security-policy': `${policy}; frame-ancestors 'none'`,
      'cross-origin-opener-policy': 'same-origin',
    },
  });
}

/** The same files for everybody, to be kept and run elsewhere: they know no site. */
export async function verifierDownload(file: VerifierFile): Promise<Response> {
  const text = await built(file);
  if (text === null) return missing();
  return new Response(text, {
    headers: {
      ...HEADERS,
      'content-type': FILES[file],
      'content-disposition': `attachment; filename="${file}"`,
      // A download is opened from a disk; here it must not run as a page of this site.
      'content-security-policy': "default-src 'none'; sandbox",
    },
  });
}
