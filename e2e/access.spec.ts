import type { APIRequestContext, Browser } from '@playwright/test';
import { ROUTES, type Access } from '@/lib/auth/routes';
import type { Role } from '@/lib/auth/roles';
import { enterAs } from './support/people';
import { seededRound } from './support/rounds';
import { expect, test } from './support/test';

/**
 * Every address with every role and with none, from the table in lib/auth/routes.ts; and again in the
 * disguises with which proxies of this framework have been passed before (threats T13 and T14).
 */

const PEOPLE: Readonly<Record<Role, string>> = {
  administrator: 'demo-admin',
  officer: 'demo-officer',
  'technical-team': 'demo-technical',
  councillor: 'demo-councillor-1',
  moderator: 'demo-moderator',
  facilitator: 'demo-facilitator',
  oversight: 'demo-oversight',
  auditor: 'demo-auditor',
};
const guarded = Object.entries<Access>(ROUTES).flatMap(([route, access]) =>
  access === 'everyone' ? [] : [{ route, roles: access }],
);
/** Handlers among the pages: they answer a form or give a file. */
const HANDLERS = ['/desk/paper/[table]/close', '/desk/paper/[table]/photo'];
const isHandler = (route: string): boolean => HANDLERS.includes(route);
const isPage = (route: string): boolean => !route.startsWith('/api/') && !isHandler(route);

/** An address of the route; what is inserted need not exist: the door comes first. */
function address(route: string, round: string): string {
  return route.replace('/rounds/[id]', `/rounds/${round}`).replace(/\[[^\]]+\]/g, 'no-existe');
}

async function statusOf(
  request: APIRequestContext,
  path: string,
  { method = 'GET', headers = {} }: { method?: string; headers?: Record<string, string> } = {},
): Promise<number> {
  const response = await request.fetch(path, { method, headers, maxRedirects: 0 });
  return response.status();
}

async function signedIn(browser: Browser, role: Role): Promise<APIRequestContext> {
  const context = await browser.newContext();
  await enterAs(await context.newPage(), PEOPLE[role]);
  return context.request;
}

test('what answers a form of the desk or gives a file of it asks who is there', async ({
  request,
  browser,
  baseURL,
}) => {
  const councillor = await signedIn(browser, 'councillor');
  for (const stranger of [request, councillor]) {
    const photo = await statusOf(stranger, address('/desk/paper/[table]/photo', ''));
    expect(photo).toBe(403);
    const close = await statusOf(stranger, address('/desk/paper/[table]/close', ''), {
      method: 'POST',
      headers: { origin: baseURL ?? '' },
    });
    expect(close).toBe(stranger === request ? 303 : 403);
  }
});

test('nobody opens an address of the staff without signing in', async ({ request, baseURL }) => {
  const { id } = await seededRound();
  for (const { route } of guarded.filter(({ route }) => !isHandler(route))) {
    const path = address(route, id);
    if (isPage(route)) {
      const response = await request.get(path, { maxRedirects: 0 });
      expect(response.status(), path).toBe(307);
      expect(response.headers()['location'], path).toBe('/ingresar');
    } else {
      const status = await statusOf(request, path, {
        method: 'POST',
        headers: { origin: baseURL ?? '' },
      });
      expect(status, path).toBe(401);
    }
  }
});

for (const role of Object.keys(PEOPLE) as Role[]) {
  test(`a person with the role ${role} opens its addresses and no others`, async ({
    browser,
    baseURL,
  }) => {
    const { id } = await seededRound();
    const request = await signedIn(browser, role);
    for (const { route, roles } of guarded.filter(({ route }) => !isHandler(route))) {
      const path = address(route, id);
      if (isPage(route)) {
        const status = await statusOf(request, path);
        // Inside, what does not exist is not found; outside, nobody learns whether it exists.
        if (roles.includes(role)) expect([200, 404], path).toContain(status);
        else expect(status, path).toBe(403);
      } else {
        const status = await statusOf(request, path, {
          method: 'POST',
          headers: { origin: baseURL ?? '', 'content-type': 'application/json' },
        });
        // Nothing but the door is tried: an empty body changes nothing.
        if (roles.includes(role)) expect(status, path).toBe(422);
        else expect([403, 422], path).toContain(status);
      }
    }
  });
}

const SUBREQUEST = Array.from({ length: 5 }, () => 'proxy').join(':');
const DISGUISES: readonly {
  name: string;
  headers?: Record<string, string>;
  path?: (p: string) => string;
}[] = [
  { name: 'subrequest header', headers: { 'x-middleware-subrequest': SUBREQUEST } },
  { name: 'subrequest header, old name', headers: { 'x-middleware-subrequest': 'middleware' } },
  { name: 'prefetch', headers: { rsc: '1', 'next-router-prefetch': '1' } },
  { name: 'segment prefetch', headers: { rsc: '1', 'next-router-segment-prefetch': '/_tree' } },
  { name: 'rsc', headers: { rsc: '1' } },
  { name: '.rsc', path: (path) => `${path}.rsc` },
  { name: '_rsc', path: (path) => `${path}?_rsc=1` },
  { name: 'doubled slash', path: (path) => `/${path}` },
  { name: 'encoded letter', path: (path) => path.replace('/a', '/%61').replace('/d', '/%64') },
  { name: 'encoded slash', path: (path) => path.replace(/^\/(\w+)\//, '/$1%2f') },
  { name: 'rewritten url', headers: { 'x-rewrite-url': '/', 'x-original-url': '/' } },
  { name: 'locale data', path: (path) => `/_next/data/build${path}.json` },
];

for (const { name, headers = {}, path = (plain: string) => plain } of DISGUISES) {
  test(`no page of the staff shows itself in disguise: ${name}`, async ({ request, baseURL }) => {
    for (const { route } of guarded.filter(({ route }) => isPage(route))) {
      // The whole address: a path that begins with two slashes would name another host.
      const response = await request.get(
        `${baseURL ?? ''}${path(address(route, 'pp2027-votacion'))}`,
        {
          headers,
          maxRedirects: 0,
        },
      );
      const body = await response.text();
      // A door says where to sign in; a page would greet the person who works in it.
      expect(body, `${name}: ${route}`).not.toContain('Entraste como');
      if (response.status() === 200) expect(body, `${name}: ${route}`).toContain('/ingresar');
    }
  });
}
