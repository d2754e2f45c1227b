import { manifestHash } from '@/lib/rounds/contests';
import { parseManifest, type Manifest } from '@/lib/rounds/manifest';
import { Browser } from './browser';
import { codeOf, type Send } from './http';
import { isLoopback } from './loopback';
import { Refused } from './refused';

/** What a visitor learns about the site before voting: where the ballot box is, what is open. */
export interface Venue {
  readonly site: URL;
  readonly box: URL;
}

export interface OpenRound extends Venue {
  readonly round: string;
  readonly manifest: Manifest;
  readonly manifestHash: string;
}

/**
 * The address of the ballot box is the one the site's pages may connect to: their content security
 * policy names it, so nothing has to be configured twice.
 */
export async function findVenue(send: Send, url: URL, anywhere: boolean): Promise<Venue> {
  await refuseStrangers(url, anywhere);
  const home = await send(new URL('/votar', url)).catch((error: unknown) => {
    throw new Refused('no-server', { url: url.origin, code: codeOf(error) ?? String(error) });
  });
  const policy = home.headers['content-security-policy'];
  const connect = /connect-src ([^;]+)/.exec(typeof policy === 'string' ? policy : '')?.[1] ?? '';
  const boxes = connect.split(/\s+/).filter((source) => /^https?:/.test(source));
  if (boxes[0] === undefined) throw new Refused('not-minka', { url: url.origin });
  const box = new URL(boxes[0]);
  await refuseStrangers(box, anywhere);
  return { site: url, box };
}

async function refuseStrangers(url: URL, anywhere: boolean): Promise<void> {
  if (!anywhere && !(await isLoopback(url))) throw new Refused('not-ours', { url: url.origin });
}

/** The named round, or the only one that takes votes now, with its manifest. */
export async function findRound(
  send: Send,
  venue: Venue,
  named: string | undefined,
): Promise<OpenRound> {
  const candidates = named === undefined ? await announced(send, venue.site) : [named];
  const open: string[] = [];
  for (const round of candidates) {
    if ((await stateOf(send, venue.box, round)) === 'open') open.push(round);
  }
  const [round] = open;
  if (round === undefined) {
    throw named === undefined
      ? new Refused('no-open-round', { url: venue.site.origin })
      : new Refused('round-not-open', { round: named });
  }
  if (open.length > 1) throw new Refused('several-rounds', { rounds: open.join(', ') });
  const { status, text } = await send(
    new URL(`/v1/rounds/${encodeURIComponent(round)}/manifest`, venue.box),
  );
  const manifest = parseManifest(text);
  if (status !== 200 || !manifest.ok) throw new Refused('manifest', { round });
  return { ...venue, round, manifest: manifest.value, manifestHash: await manifestHash(text) };
}

/** The rounds that the page for residents links to. */
async function announced(send: Send, site: URL): Promise<string[]> {
  const page = await new Browser(send).get(new URL('/votar', site));
  const links = [...page.html.matchAll(/href="\/votar\/([A-Za-z0-9-]+)"/g)];
  return [...new Set(links.map(([, round = '']) => round))];
}

async function stateOf(send: Send, box: URL, round: string): Promise<string | null> {
  const { status, text } = await send(
    new URL(`/v1/rounds/${encodeURIComponent(round)}`, box),
  ).catch((error: unknown) => {
    throw new Refused('no-server', { url: box.origin, code: codeOf(error) ?? String(error) });
  });
  if (status !== 200) return null;
  const body: unknown = JSON.parse(text);
  return typeof body === 'object' && body !== null && 'state' in body ? String(body.state) : null;
}
