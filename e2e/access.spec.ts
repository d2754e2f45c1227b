import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Role } from '@/lib/auth/roles';
import { expect, test } from './support/test';
import { startSecondWeb, stackEnv } from './support/stack';
import {
  address,
  ask,
  buildWithoutProxy,
  builtActions,
  builtRoutes,
  cookieOf,
  forEachOf,
  hostileForm,
  letsIn,
  PEOPLE,
  withRegistry,
  type BuiltAction,
  type BuiltRoute,
} from './support/walk';

/**
 * Everything that the build can be asked for — pages, handlers, server actions — with every role and
 * with none (T13), with proxy.ts and without it, and in the disguises with which proxies of this
 * framework have been passed before (T14).
 */

const roles = Object.keys(PEOPLE) as Role[];
const cookies = new Map<Role | null, string>([[null, '']]);
const opens = ({ access }: { access: BuiltRoute['access'] }, role: Role | null): boolean =>
  letsIn(access, role);

const someoneLetIn = (access: BuiltRoute['access']): Role | null =>
  access === 'everyone' ? null : (roles.find((role) => letsIn(access, role)) ?? null);

/** These end the very session that asks: not for a walk that goes on with it. */
const ENDS_THE_SESSION = ['leaveEverywhere', 'leave'];

test.beforeAll(async () => {
  for (const role of roles) cookies.set(role, await cookieOf(PEOPLE[role]));
});

const site = (): string => stackEnv()['MINKA_SITE_URL'] ?? '';

/** Every guarded route as every role and as nobody; true denials, told apart from errors. */
async function walkRoutes(base: string, only: 'everybody' | 'the denied'): Promise<number> {
  const guarded = builtRoutes().filter(({ access }) => access !== 'everyone');
  const visits = guarded.flatMap((route) =>
    [null, ...roles]
      .filter((role) => only === 'everybody' || !opens(route, role))
      .flatMap((role) => route.methods.map((method) => ({ route, role, method }))),
  );
  await forEachOf(visits, async ({ route, role, method }) => {
    const label = `${method} ${route.route} as ${role ?? 'nobody'}`;
    const { status, headers, body } = await ask(`${base}${address(route.route)}`, {
      method,
      cookie: cookies.get(role) ?? '',
      // Nothing but the door is tried: an empty body changes nothing.
      headers: { origin: base, 'content-type': 'application/json' },
    });
    if (opens(route, role)) {
      // Inside, what does not exist is not found; outside, nobody learns whether it exists.
      expect(method === 'GET' ? [200, 404] : [303, 403, 404, 422], label).toContain(status);
    } else if (role === null) {
      expect([303, 307, 401, 403], label).toContain(status);
      if (status === 303 || status === 307) {
        expect(headers.get('location'), label).toMatch(/\/ingresar$/);
      }
      expect(body, label).not.toContain('Entraste como');
    } else {
      expect(route.kind === 'page' || method === 'GET' ? [403] : [403, 422], label).toContain(
        status,
      );
    }
  });
  return visits.length;
}

/** Every guarded action as everybody whom it does not serve: the door comes before anything else. */
async function walkActions(
  base: string,
  people: readonly (Role | null)[] = [null, ...roles],
): Promise<number> {
  const calls = builtActions()
    .filter(({ access }) => access !== 'everyone')
    .flatMap((action) =>
      people.filter((role) => !opens(action, role)).map((role) => ({ action, role })),
    );
  await forEachOf(calls, async ({ action, role }) => {
    const label = `${action.name} as ${role ?? 'nobody'}`;
    const { status, headers } = await call(base, action, role);
    if (role === null) {
      expect([200, 303], label).toContain(status);
      expect(headers.get('x-action-redirect'), label).toMatch(/^\/ingresar(;|$)/);
    } else expect(status, label).toBe(403);
  });
  return calls.length;
}

function call(base: string, { id, route }: BuiltAction, role: Role | null) {
  return ask(`${base}${address(route)}`, {
    method: 'POST',
    cookie: cookies.get(role) ?? '',
    headers: { origin: base, 'next-action': id, accept: 'text/x-component' },
    body: hostileForm(),
  });
}

test('T13: whatever the build holds has declared who may use it', () => {
  const routes = builtRoutes();
  const actions = builtActions();
  expect(routes.length).toBeGreaterThan(80);
  expect(actions.length).toBeGreaterThan(40);
  expect(routes.filter(({ access }) => access === undefined).map(({ route }) => route)).toEqual([]);
  expect(actions.filter(({ access }) => access === undefined).map(({ name }) => name)).toEqual([]);
});

test('T13: every address opens to its roles and to nobody else', async () => {
  expect(await walkRoutes(site(), 'everybody')).toBeGreaterThan(350);
});

test('T13: every action of the staff is refused to nobody in particular and to other roles', async () => {
  expect(await walkActions(site())).toBeGreaterThan(200);
});

test('T11: a session that was ended opens nothing any more, on no address', async () => {
  const cookie = await cookieOf('demo-admin');
  const guarded = builtRoutes().filter(
    ({ access, kind }) =>
      kind === 'page' && access !== 'everyone' && letsIn(access, 'administrator'),
  );
  expect((await ask(`${site()}/admin`, { cookie })).status).toBe(200);
  const leave = builtActions().find(({ name }) => name.endsWith(' leave'))!;
  await ask(`${site()}${address(leave.route)}`, {
    method: 'POST',
    cookie,
    headers: { origin: site(), 'next-action': leave.id },
    body: '[]',
  });
  await forEachOf(guarded, async ({ route }) => {
    const { status } = await ask(`${site()}${address(route)}`, { cookie });
    expect(status, route).toBe(307);
  });
});

test('T11: the library that reads the cookie has no door of its own to sign in or out by', async () => {
  const cookie = await cookieOf('demo-admin');
  for (const path of ['signin', 'signout', 'callback/ticket', 'session', 'csrf', 'providers']) {
    for (const method of ['GET', 'POST']) {
      const { status, headers } = await ask(`${site()}/api/auth/${path}`, {
        method,
        cookie,
        headers: { origin: site(), 'content-type': 'application/x-www-form-urlencoded' },
      });
      // It would clear the cookie and leave the session alive for whoever has copied it.
      expect([404, 405], `${method} ${path}`).toContain(status);
      expect(headers.getSetCookie(), path).toEqual([]);
    }
  }
});

test('T12: nothing that changes something is heard from another site, from null or from nowhere', async () => {
  const origins: Readonly<Record<string, string>>[] = [
    {},
    { origin: 'https://otro-sitio.example' },
    { origin: 'null' },
  ];
  const posts = builtActions().map(({ id, name, route }) => ({
    label: name,
    path: address(route),
    method: 'POST',
    headers: { 'next-action': id, 'content-type': 'text/plain;charset=UTF-8' },
  }));
  const routes = builtRoutes().flatMap(({ route }) =>
    ['POST', 'PUT', 'PATCH', 'DELETE'].map((method) => ({
      label: route,
      path: address(route),
      method,
      headers: { 'content-type': method === 'POST' ? 'text/plain' : 'application/json' },
    })),
  );
  // The verifier is files of its own outside of the site: it has nothing to change.
  const all = [...posts, ...routes.filter(({ path }) => !path.startsWith('/verify'))];
  expect(all.length).toBeGreaterThan(350);
  const cookie = cookies.get('administrator') ?? '';
  await forEachOf(
    all.flatMap((one) => origins.map((origin) => ({ ...one, origin }))),
    async ({ label, path, method, headers, origin }) => {
      const { status } = await ask(`${site()}${path}`, {
        method,
        cookie,
        headers: { ...headers, ...origin },
        body: '[]',
      });
      expect(status, `${method} ${label} from ${origin['origin'] ?? 'nowhere'}`).toBe(403);
    },
  );
});

test('T15: fields that nobody may set change nothing, wherever they are sent', async () => {
  const before = await whatMatters();
  const actions = builtActions().filter(
    ({ name }) => !ENDS_THE_SESSION.some((end) => name.endsWith(` ${end}`)),
  );
  await forEachOf(actions, async (action) => {
    await call(site(), action, someoneLetIn(action.access));
  });
  const handlers = builtRoutes().filter(({ methods }) => methods.includes('POST'));
  const json = `{"role":"administrator","roles":["administrator"],"verified":true,"districtId":"120101","__proto__":{"role":"administrator"},"constructor":{"prototype":{"role":"administrator"}}}`;
  await forEachOf(handlers, async ({ route, access }) => {
    const role = someoneLetIn(access);
    const { status } = await ask(`${site()}${address(route)}`, {
      method: 'POST',
      cookie: cookies.get(role) ?? '',
      headers: { origin: site(), 'content-type': 'application/json' },
      body: json,
    });
    expect([303, 400, 401, 403, 404, 413, 415, 422, 429], route).toContain(status);
  });
  expect(await whatMatters()).toEqual(before);
});

/** Who people are and what they may: nothing of it moves by a field too many. */
function whatMatters(): Promise<unknown> {
  return withRegistry(async (sql) => ({
    staff:
      await sql`select id, display_name, email, disabled_at, is_demo, identity from staff order by id`,
    roles: await sql`select staff_id, role from staff_role order by 1, 2`,
    residents:
      await sql`select count(*)::int as n, md5(string_agg(t::text, '|' order by t.id)) as h from resident as t`,
    rounds: await sql`select id, state from round order by id`,
    proposals:
      await sql`select md5(string_agg(t::text, '|' order by t.code)) as h from proposal as t`,
    asked: await sql`select count(*)::int as n from approval`,
  }));
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
  { name: '.segments', path: (path) => `${path}.segments/_tree.segment.rsc` },
  { name: '_rsc', path: (path) => `${path}?_rsc=1` },
  { name: 'doubled slash', path: (path) => `/${path}` },
  { name: 'encoded letter', path: (path) => path.replace('/a', '/%61').replace('/d', '/%64') },
  { name: 'encoded slash', path: (path) => path.replace(/^\/(\w+)\//, '/$1%2f') },
  { name: 'rewritten url', headers: { 'x-rewrite-url': '/', 'x-original-url': '/' } },
  { name: 'locale data', path: (path) => `/_next/data/build${path}.json` },
];

const HARDLY_ANYTHING = 'moderator';

/** As nobody, and as a person whose role opens hardly anything. */
async function walkDisguised(
  base: string,
  people: readonly (Role | null)[] = [null, HARDLY_ANYTHING],
): Promise<number> {
  const pages = builtRoutes().filter(
    ({ access, kind }) => access !== 'everyone' && kind === 'page',
  );
  const visits = pages.flatMap((page) =>
    DISGUISES.flatMap((disguise) =>
      people.filter((role) => !opens(page, role)).map((role) => ({ page, disguise, role })),
    ),
  );
  await forEachOf(visits, async ({ page, disguise, role }) => {
    const path = (disguise.path ?? ((plain: string) => plain))(address(page.route));
    const { status, body } = await ask(`${base}${path}`, {
      cookie: cookies.get(role) ?? '',
      headers: disguise.headers ?? {},
    });
    const label = `${disguise.name}: ${page.route} as ${role ?? 'nobody'}`;
    // A plan of the segments of an address says what stands in this repository, and no word more.
    const isPlan =
      status === 200 && /^(?:\w+:(?:\[\[?"children"|\{"[a-zA-Z]+":)[^<\n]*\n?)+$/.test(body);
    if (isPlan) return;
    if (role === null) {
      // A door says where to sign in; a page would greet the person who works in it.
      expect(body, label).not.toContain('Entraste como');
      if (status === 200) expect(body, label).toContain('/ingresar');
    } else if (status === 200) {
      expect(body, label).toContain('NEXT_HTTP_ERROR_FALLBACK;403');
    } else expect([204, 307, 308, 400, 403, 404], label).toContain(status);
  });
  return visits.length;
}

test('T14: no page of the staff shows itself in disguise', async () => {
  expect(await walkDisguised(site())).toBeGreaterThan(500);
});

test('T14: all of it again without proxy.ts', async () => {
  const port = Number(stackEnv()['PORT']) + 24;
  const web = await startSecondWeb(port, {}, buildWithoutProxy());
  try {
    // The proxy is truly gone: nothing answers with its headers any more.
    const { headers } = await ask(`${web.url}/ingresar`);
    expect(headers.get('content-security-policy')).toBeNull();
    await walkRoutes(web.url, 'the denied');
    await walkActions(web.url, [null, HARDLY_ANYTHING]);
    await walkDisguised(web.url, [null]);
    // Handlers look at the origin themselves; a gateway has none, and shows a secret instead.
    const handlers = builtRoutes().filter(
      ({ route, methods }) => methods.includes('POST') && !route.startsWith('/api/sms/'),
    );
    await forEachOf(handlers, async ({ route }) => {
      const { status } = await ask(`${web.url}${address(route)}`, {
        method: 'POST',
        cookie: cookies.get('administrator') ?? '',
        headers: { origin: 'https://otro-sitio.example', 'content-type': 'text/plain' },
        body: '{}',
      });
      expect(status, route).toBe(403);
    });
  } finally {
    await web.stop();
  }
});

test('T19: a request by another name, or for a picture from elsewhere, goes nowhere', async () => {
  const asked: string[] = [];
  const trap = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.end();
  });
  await new Promise<void>((done) => trap.listen(0, '127.0.0.1', done));
  const { port } = trap.address() as AddressInfo;
  try {
    const names = [
      'evil.example',
      '169.254.169.254',
      `127.0.0.1:${String(port)}.evil.example`,
      '[::1]x',
    ];
    for (const host of names) {
      for (const path of ['/', '/ingresar', '/api/identity', '/admin']) {
        expect(await statusByName(path, host), `${host}${path}`).toBe(421);
      }
    }
    const bait = `http://127.0.0.1:${String(port)}/`;
    for (const path of [
      `/_next/image?url=${encodeURIComponent(bait)}&w=640&q=75`,
      `/_next/image?url=${encodeURIComponent(bait.replace('127.0.0.1', '[::1]'))}&w=640&q=75`,
      `/screen/HYO27?url=${encodeURIComponent(bait)}`,
      `/api/identity?issuer=${encodeURIComponent(bait)}`,
    ]) {
      await ask(`${site()}${path}`, {
        headers: { 'x-forwarded-host': `127.0.0.1:${String(port)}` },
      });
    }
    expect(asked).toEqual([]);
  } finally {
    trap.close();
  }
});

/** `fetch` sends the name in the address: this sends another. */
function statusByName(path: string, host: string): Promise<number> {
  const { hostname, port } = new URL(site());
  return new Promise((done, fail) => {
    const asking = request({ hostname, port, path, headers: { host } }, (response) => {
      response.resume();
      done(response.statusCode ?? 0);
    });
    asking.on('error', fail);
    asking.end();
  });
}

test('T37: every page refuses to be framed and lets no script run but its own', async () => {
  const pages = builtRoutes().filter(
    ({ access, kind }) => kind === 'page' && access === 'everyone',
  );
  await forEachOf(pages, async ({ route }) => {
    const { headers } = await ask(`${site()}${address(route)}`);
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy, route).toContain("frame-ancestors 'none'");
    expect(policy, route).toContain("default-src 'none'");
    expect(policy, route).not.toMatch(/script-src[^;]*unsafe-(?:inline|eval)/);
    if (!route.startsWith('/verify')) expect(headers.get('x-frame-options'), route).toBe('DENY');
    expect(headers.get('x-content-type-options'), route).toBe('nosniff');
  });
});

test('T37: an address to return to stays on this site', async () => {
  const cookie = cookies.get('administrator') ?? '';
  for (const evil of [
    '//evil.example',
    '/\\evil.example',
    'https://evil.example',
    '/\t/evil.example',
  ]) {
    const query = encodeURIComponent(evil);
    const confirm = await ask(`${site()}/cuenta/confirmar?volver=${query}`, { cookie });
    expect(confirm.status).toBe(200);
    expect(confirm.body, evil).not.toContain('href="//');
    expect(confirm.body, evil).not.toContain('href="https://evil');
  }
});
