import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { choicesFor } from '@/db/seed/preferences';
import type { DemoResident } from '@/db/seed/roll';
import { composeBallot } from '@/lib/ballots/compose';
import type { CastEnvelope } from '@/lib/ballots/input';
import { contestsFor } from '@/lib/rounds/contests';
import { groupOfDistrict } from '@/lib/rounds/rules';
import { blindKey, unblind } from './blinding';
import { Browser, type Page } from './browser';
import type { Step, Tally } from './figures';
import { formAsking } from './forms';
import { codeOf, type Send } from './http';
import type { OpenRound } from './site';

/** The message is sent after the page has been answered: it may take a moment to arrive. */
const MESSAGE_PATIENCE_MS = 30_000;
const LOOK_EVERY_MS = 50;

/** Why this resident did not get to the end, by step. */
class Failed extends Error {
  constructor(step: Step, reason: string) {
    super(`${step}: ${reason}`);
  }
}

async function step<T>(name: Step, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const code = codeOf(error);
    if (error instanceof Failed || code === null) throw error;
    throw new Failed(name, code);
  }
}

/**
 * Everything up to the credential, through the site: both forms, the message from the
 * demonstration's outbox, the blind signature; then the ballot, signed and not sent.
 */
export async function prepareBallot(
  send: Send,
  at: OpenRound,
  resident: DemoResident,
  tally: Tally,
): Promise<CastEnvelope> {
  const browser = new Browser(send);
  await step('verify', () => verifyResident(send, browser, at, resident));
  tally.measure('verify', browser.spentMs);

  const before = browser.spentMs;
  const credential = await step('credential', () => askForCredential(browser, at, resident));
  tally.measure('credential', browser.spentMs - before);

  const { line, receipt } = await composeBallot({
    manifest: at.manifest,
    manifestHash: at.manifestHash,
    credential,
    choices: choicesFor(resident, contestsFor(at.manifest, credential.group)),
    seq: 1,
    previous: null,
    secret: randomBytes(32),
  });
  return { line, receipt };
}

async function verifyResident(
  send: Send,
  browser: Browser,
  at: OpenRound,
  { dni, phone }: DemoResident,
): Promise<void> {
  const outbox = new URL(`/demo/outbox.json?phone=${phone}`, at.site);
  // An older message of the same resident must not pass for the new one.
  const known = (await messagesIn(send, outbox)).length;
  const first = await browser.get(new URL(`/votar/${at.round}/dni`, at.site));
  const second = await fillIn(browser, first, 'dni', dni, 'codigo');
  const code = await codeFrom(send, outbox, known);
  await fillIn(browser, second, 'code', code, 'cabina');
  if (!browser.has('minka-voter')) throw new Failed('verify', 'no-voter-cookie');
}

async function fillIn(
  browser: Browser,
  page: Page,
  field: string,
  value: string,
  next: string,
): Promise<Page> {
  const form = formAsking(page.html, field);
  if (form === null) throw new Failed('verify', `no-form-${field}-http-${String(page.status)}`);
  const answer = await browser.submit(page, form, { [field]: value });
  const problem = answer.url.searchParams.get('problema');
  if (problem !== null) throw new Failed('verify', problem);
  if (answer.status !== 200 || !answer.url.pathname.endsWith(`/${next}`)) {
    throw new Failed('verify', `${next}-http-${String(answer.status)}`);
  }
  return answer;
}

async function messagesIn(send: Send, outbox: URL): Promise<string[]> {
  const { status, text } = await send(outbox);
  if (status !== 200) throw new Failed('verify', `outbox-http-${String(status)}`);
  const { messages } = JSON.parse(text) as { messages: { body: string }[] };
  return messages.map(({ body }) => body);
}

/** Newest first: a longer list has the new message in front. */
async function codeFrom(send: Send, outbox: URL, known: number): Promise<string> {
  const until = performance.now() + MESSAGE_PATIENCE_MS;
  while (performance.now() < until) {
    const [newest, ...older] = await messagesIn(send, outbox);
    const code = older.length >= known ? /\b(\d{3}) ?(\d{3})\b/.exec(newest ?? '') : null;
    if (code?.[1] !== undefined && code[2] !== undefined) return code[1] + code[2];
    await pause(LOOK_EVERY_MS);
  }
  throw new Failed('verify', 'no-message');
}

async function askForCredential(browser: Browser, at: OpenRound, resident: DemoResident) {
  const group = groupOfDistrict(at.manifest.groups, resident.districtCode);
  if (group === undefined) throw new Failed('credential', 'no-group');
  const pending = await blindKey(at.round, group.id, group.key);
  const { status, text } = await browser.postJson(new URL('/api/credential', at.site), {
    round: at.round,
    blinded: pending.blinded,
  });
  const answer = parsed(text);
  if (status !== 200) {
    throw new Failed('credential', reasonOf(answer) ?? `http-${String(status)}`);
  }
  const credential =
    typeof answer['signature'] === 'string'
      ? unblind(pending, answer['signature'], group.key)
      : null;
  if (credential === null) throw new Failed('credential', 'signature-wrong');
  return credential;
}

/** Sends a ballot to the box; 200 says it was there already, and counts as well as 201. */
export async function castBallot(
  send: Send,
  box: URL,
  site: URL,
  ballot: CastEnvelope,
  tally: Tally,
): Promise<void> {
  const body = JSON.stringify({ line: ballot.line, receipt: ballot.receipt });
  const began = performance.now();
  const { status, text } = await step('cast', () =>
    send(new URL('/v1/ballots', box), {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: site.origin },
      body,
    }),
  );
  const tookMs = performance.now() - began;
  if (status !== 201 && status !== 200) {
    throw new Failed('cast', reasonOf(parsed(text)) ?? `http-${String(status)}`);
  }
  tally.measure('cast', tookMs);
}

function parsed(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

function reasonOf(answer: Record<string, unknown>): string | null {
  return typeof answer['reason'] === 'string' ? answer['reason'] : null;
}

/** The reason to count a failure under; a bug is not one. */
export function failureReason(error: unknown): string | null {
  return error instanceof Failed ? error.message : null;
}
