import { randomBytes, createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import postgres from 'postgres';
import { ACTIONS } from '@/lib/auth/actions-access';
import { passes, type Access } from '@/lib/auth/permissions';
import type { Role } from '@/lib/auth/roles';
import { ROUTES } from '@/lib/auth/routes';
import { stackEnv } from './stack';

/** What the build itself says there is to call: pages, handlers and server actions. */

const root = fileURLToPath(new URL('../../', import.meta.url));
const access: Readonly<Record<string, Access | undefined>> = ROUTES;
const actionAccess: Readonly<Record<string, Readonly<Record<string, Access | undefined>>>> =
  ACTIONS;

function built(file: string): unknown {
  return JSON.parse(readFileSync(join(root, '.next', file), 'utf8'));
}

function routesOfFiles(): Readonly<Record<string, string>> {
  return built('app-path-routes-manifest.json') as Record<string, string>;
}

export interface BuiltRoute {
  /** `/admin/rounds/[id]` */
  readonly route: string;
  readonly kind: 'page' | 'handler';
  readonly access: Access | undefined;
  /** Of a handler: what it answers to. */
  readonly methods: readonly string[];
}

/** The framework's own: an error page, and the picture in the tab. */
const NOT_OURS = ['/_global-error', '/_not-found', '/icon.svg', '/favicon.ico'];

export function builtRoutes(): BuiltRoute[] {
  return Object.entries(routesOfFiles())
    .filter(([, route]) => !NOT_OURS.includes(route))
    .map(([file, route]) => ({
      route,
      kind: file.endsWith('/route') ? 'handler' : 'page',
      access: access[route],
      methods: file.endsWith('/route') ? methodsOf(`app${file}.ts`) : ['GET'],
    }));
}

function methodsOf(file: string): string[] {
  const source = readFileSync(join(root, file), 'utf8');
  return [
    ...source.matchAll(/^export (?:async )?function (GET|HEAD|POST|PUT|PATCH|DELETE)\b/gm),
  ].map(([, method = '']) => method);
}

export interface BuiltAction {
  /** What a request says in its `Next-Action` header. */
  readonly id: string;
  readonly name: string;
  readonly access: Access | undefined;
  /** A page that knows it. */
  readonly route: string;
}

export function builtActions(): BuiltAction[] {
  interface Entry {
    readonly workers: Readonly<Record<string, unknown>>;
    readonly filename: string;
    readonly exportedName: string;
  }
  const routes = routesOfFiles();
  const { node } = built('server/server-reference-manifest.json') as {
    node: Record<string, Entry>;
  };
  return Object.entries(node).map(([id, { workers, filename, exportedName }]) => {
    const pages = Object.keys(workers).map((worker) => routes[worker.replace(/^app/, '')] ?? '');
    return {
      id,
      name: `${filename} ${exportedName}`,
      access: actionAccess[filename]?.[exportedName],
      route: pages.find((page) => page !== '' && !page.startsWith('/_')) ?? '/',
    };
  });
}

/** An address of the route; what is inserted need not exist: the door comes first. */
export function address(route: string): string {
  return route
    .replace('/rounds/[id]', '/rounds/pp2027-votacion')
    .replace(/\[[^\]]+\]/g, 'no-existe');
}

/** Whether somebody with this role, and no other, is let in; null: somebody who is not signed in. */
export function letsIn(access: Access | undefined, role: Role | null): boolean {
  if (access === undefined || access === 'everyone') return access !== undefined;
  if (role === null) return false;
  return passes({ kind: 'staff', id: role, displayName: role, roles: [role] }, access);
}

/** One person of the demonstration for each role. */
export const PEOPLE: Readonly<Record<Role, string>> = {
  administrator: 'demo-admin',
  officer: 'demo-officer',
  'technical-team': 'demo-technical',
  councillor: 'demo-councillor-1',
  moderator: 'demo-moderator',
  facilitator: 'demo-facilitator',
  oversight: 'demo-oversight',
  auditor: 'demo-auditor',
};

export async function withRegistry<T>(work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(stackEnv()['DATABASE_URL'] ?? '', { max: 2, onnotice: () => undefined });
  try {
    return await work(sql);
  } finally {
    await sql.end();
  }
}

/** A cookie of an open session of this person, as the demonstration's click would open it. */
export async function cookieOf(staffId: string): Promise<string> {
  const id = randomBytes(32).toString('base64url');
  const hash = createHash('sha256').update(id).digest();
  await withRegistry(
    (sql) =>
      sql`insert into staff_session (id_hash, staff_id, opened_with) values (${hash}, ${staffId}, 'demo')`,
  );
  return `minka-staff=${id}`;
}

const AT_ONCE = 8;

/** Does the work for everything, a few at a time. */
export async function forEachOf<T>(
  all: readonly T[],
  work: (one: T) => Promise<void>,
): Promise<void> {
  const rest = [...all];
  const next = async (): Promise<void> => {
    for (let one = rest.shift(); one !== undefined; one = rest.shift()) await work(one);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, next));
}

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

/** One request, exactly as written: no redirect followed, no cookie kept. */
export async function ask(
  url: string,
  {
    method = 'GET',
    cookie = '',
    headers = {},
    body = null,
  }: {
    readonly method?: string;
    readonly cookie?: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: BodyInit | null;
  } = {},
): Promise<Answered> {
  const response = await fetch(url, {
    method,
    headers: { ...(cookie === '' ? {} : { cookie }), ...headers },
    body,
    redirect: 'manual',
  });
  return { status: response.status, headers: response.headers, body: await response.text() };
}

/**
 * Arguments of any server action: a form in every place, with fields that nobody may set. What the
 * framework's own client would send, written by hand.
 */
export function hostileForm(): FormData {
  const form = new FormData();
  const fields = {
    role: 'administrator',
    roles: 'administrator',
    verified: 'true',
    districtId: '120101',
    districtCode: '120101',
    isDemo: 'no',
    staffId: '__proto__',
    id: 'constructor',
    'constructor.prototype.role': 'administrator',
  };
  for (const [name, value] of Object.entries(fields)) form.append(`1_${name}`, value);
  form.append('1___proto__', '{"role":"administrator"}');
  form.append('0', '["$K1","$K1","$K1"]');
  return form;
}

/**
 * The same build in a folder of its own, without proxy.ts: its entry is taken out of the build's list
 * of functions. Nothing in the site itself can switch it off.
 */
export function buildWithoutProxy(): string {
  const folder = join(root, '.minka-test', 'no-proxy');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(root)) {
    if (name === '.next' || name.startsWith('.minka') || name === '.git') continue;
    symlinkSync(join(root, name), join(folder, name));
  }
  const leftOut = ['cache', 'dev', 'diagnostics', 'trace'].map((name) => join(root, '.next', name));
  cpSync(join(root, '.next'), join(folder, '.next'), {
    recursive: true,
    filter: (source) => !leftOut.includes(source),
  });
  const list = join(folder, '.next/server/functions-config-manifest.json');
  const manifest = JSON.parse(readFileSync(list, 'utf8')) as {
    functions: Record<string, unknown>;
  };
  if (!('/_middleware' in manifest.functions)) throw new Error('The build lists no proxy');
  delete manifest.functions['/_middleware'];
  writeFileSync(list, JSON.stringify(manifest));
  const code = join(folder, '.next/server/middleware.js');
  if (existsSync(code)) rmSync(code);
  return folder;
}
