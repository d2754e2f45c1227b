import { z } from 'zod';
import type { BallotBox } from '@/db/ballot-box/client';
import { exactCount, offerNote, type ExactCount } from '@/db/ballot-box/record';
import { keepTally } from '@/db/ballot-box/record-files';
import { ballotTotals, closeRound, openRound } from '@/db/ballot-box/rounds';
import { announcedTally } from '@/lib/record/format';
import { parseNote } from '@/lib/record/notes';
import { manifestHash, parseManifest } from '@/lib/rounds/manifest';
import { toHex } from '@/lib/shared/bytes';
import type { BoxKeys } from './keys';
import { noteOf, type Publisher } from './publisher';
import type { KnownRound, RoundBook } from './round-book';

/**
 * Orders of the worker: open a round with its manifest, close it, add notes to its record, seal it,
 * announce the count. Signed, and safe to repeat.
 */

const signedShape = z.strictObject({ order: z.string(), signature: z.string().max(200) });
const round = z.string();
const reason = z.string().max(500);
const orderShape = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('open'), round, manifest: z.string() }),
  z.strictObject({ type: z.literal('close'), round, reason }),
  z.strictObject({ type: z.literal('note'), round, text: z.string() }),
  z.strictObject({ type: z.literal('seal'), round, reason, notes: z.array(z.string()) }),
  z.strictObject({ type: z.literal('tally'), round, text: z.string() }),
  z.strictObject({ type: z.literal('count'), round }),
]);
type Order = z.infer<typeof orderShape>;
type OrderOf<Type extends Order['type']> = Extract<Order, { type: Type }>;

interface RoundFigures {
  readonly state: KnownRound['state'];
  readonly manifestHash: string;
  /** Voters whose ballot is in the box: final once closed. */
  readonly ballots: number;
  /** All stored ballots, replaced ones included. */
  readonly lines: number;
  /** Hex, of the note that was handed in. */
  readonly leaf?: string;
}

type OrderAnswer =
  | { readonly status: 200; readonly body: RoundFigures | ExactCount }
  | {
      readonly status: 403 | 404 | 409 | 422;
      readonly body: { reason: string; problems?: string[] };
    };

export interface OrderContext {
  readonly sql: BallotBox;
  readonly keys: BoxKeys;
  readonly book: RoundBook;
  readonly publisher: Publisher;
}

export async function obeyOrder(
  text: string,
  roundId: string,
  context: OrderContext,
): Promise<OrderAnswer> {
  const signed = signedShape.safeParse(json(text));
  if (!signed.success) return refused(422, 'malformed');
  if (!context.keys.orderIsSigned(signed.data.order, signed.data.signature)) {
    return refused(403, 'order-not-signed');
  }
  const parsed = orderShape.safeParse(json(signed.data.order));
  if (!parsed.success || parsed.data.round !== roundId) return refused(422, 'malformed');
  const order = parsed.data;
  if (order.type === 'open') return open(order, context);

  const known = await context.book.find(roundId);
  if (!known) return refused(404, 'unknown-round');
  switch (order.type) {
    case 'close':
      await closeRound(context.sql, roundId, 'now');
      return figures(roundId, context);
    case 'note':
      return addNote(order, context);
    case 'seal':
      return seal(order, known, context);
    case 'tally':
      return announce(order, known, context);
    case 'count':
      return { status: 200, body: await exactCount(context.sql, roundId) };
  }
}

async function open(order: OrderOf<'open'>, context: OrderContext): Promise<OrderAnswer> {
  const read = parseManifest(order.manifest);
  if (!read.ok) {
    return { status: 422, body: { reason: 'manifest-invalid', problems: read.problems ?? [] } };
  }
  const { value: manifest } = read;
  if (manifest.round !== order.round) return refused(422, 'manifest-other-round');
  const { recordKey, orderKey } = context.keys;
  if (manifest.recordKey !== recordKey || manifest.orderKey !== orderKey) {
    return refused(422, 'manifest-other-keys');
  }
  const same = await openRound(context.sql, {
    id: order.round,
    manifest: order.manifest,
    manifestHash: await manifestHash(order.manifest),
    opensAtMs: Date.parse(manifest.opensAt),
    closesAtMs: Date.parse(manifest.closesAt),
  });
  // A round has one manifest for ever: another one is another round.
  if (!same) return refused(409, 'other-manifest');
  await context.book.reload();
  const known = context.book.known(order.round);
  if (known) await context.publisher.begin(known);
  return figures(order.round, context);
}

async function addNote(order: OrderOf<'note'>, context: OrderContext): Promise<OrderAnswer> {
  if (!isNote(order.text, order.round)) return refused(422, 'note-invalid');
  const note = noteOf(order.text);
  if (!(await offerNote(context.sql, order.round, note))) return refused(409, 'sealed');
  return figures(order.round, context, { leaf: toHex(note.leaf) });
}

async function seal(
  order: OrderOf<'seal'>,
  known: KnownRound,
  context: OrderContext,
): Promise<OrderAnswer> {
  if (!order.notes.every((note) => isNote(note, order.round))) return refused(422, 'note-invalid');
  await closeRound(context.sql, order.round, 'due');
  const answer = await context.publisher.seal(known, order.reason, order.notes.map(noteOf));
  if (answer === 'not-closed') return refused(409, 'not-closed');
  if (answer === 'unknown-round') return refused(404, 'unknown-round');
  return figures(order.round, context);
}

async function announce(
  order: OrderOf<'tally'>,
  known: KnownRound,
  context: OrderContext,
): Promise<OrderAnswer> {
  const tally = announcedTally.safeParse(json(order.text));
  if (!tally.success || tally.data.round !== order.round) return refused(422, 'tally-invalid');
  if (tally.data.manifestHash !== known.hash) return refused(422, 'other-manifest');
  await context.book.refresh();
  if (known.state !== 'sealed') return refused(409, 'not-sealed');
  if (!(await keepTally(context.sql, order.round, order.text))) return refused(409, 'other-tally');
  return figures(order.round, context);
}

/** Only the box writes the closing note. */
function isNote(text: string, roundId: string): boolean {
  const note = parseNote(text);
  return note !== null && note.round === roundId && note.type !== 'closing';
}

async function figures(
  roundId: string,
  { sql, book }: OrderContext,
  more: { leaf?: string } = {},
): Promise<OrderAnswer> {
  await book.reload();
  const known = book.known(roundId);
  if (!known) throw new Error('An order changed a round that cannot be found');
  const { voters, lines } = await ballotTotals(sql, roundId);
  const { state, hash } = known;
  return { status: 200, body: { state, manifestHash: hash, ballots: voters, lines, ...more } };
}

function refused(status: 403 | 404 | 409 | 422, why: string): OrderAnswer {
  return { status, body: { reason: why } };
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
