import { z } from 'zod';
import type { BallotBox } from '@/db/ballot-box/client';
import { ballotTotals, closeRound, openRound } from '@/db/ballot-box/rounds';
import { manifestHash, parseManifest } from '@/lib/rounds/manifest';
import type { BoxKeys } from './keys';
import type { RoundBook } from './round-book';

/** Orders of the worker: open a round with its manifest, close it. Signed, and safe to repeat. */

const signedShape = z.strictObject({ order: z.string(), signature: z.string().max(200) });
const orderShape = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('open'), round: z.string(), manifest: z.string() }),
  z.strictObject({ type: z.literal('close'), round: z.string(), reason: z.string().max(500) }),
]);

type OrderAnswer =
  | {
      readonly status: 200;
      readonly body: {
        state: 'open' | 'closed';
        manifestHash: string;
        /** Voters whose ballot is in the box: final once closed. */
        ballots: number;
        /** All stored ballots, replaced ones included. */
        lines: number;
      };
    }
  | {
      readonly status: 403 | 404 | 409 | 422;
      readonly body: { reason: string; problems?: string[] };
    };

export async function obeyOrder(
  text: string,
  roundId: string,
  { sql, keys, book }: { sql: BallotBox; keys: BoxKeys; book: RoundBook },
): Promise<OrderAnswer> {
  const signed = signedShape.safeParse(json(text));
  if (!signed.success) return { status: 422, body: { reason: 'malformed' } };
  if (!keys.orderIsSigned(signed.data.order, signed.data.signature)) {
    return { status: 403, body: { reason: 'order-not-signed' } };
  }
  const parsed = orderShape.safeParse(json(signed.data.order));
  if (!parsed.success || parsed.data.round !== roundId) {
    return { status: 422, body: { reason: 'malformed' } };
  }
  const order = parsed.data;

  if (order.type === 'open') {
    const read = parseManifest(order.manifest);
    if (!read.ok) {
      return { status: 422, body: { reason: 'manifest-invalid', problems: read.problems ?? [] } };
    }
    const manifest = read.value;
    if (manifest.round !== roundId)
      return { status: 422, body: { reason: 'manifest-other-round' } };
    if (manifest.recordKey !== keys.recordKey || manifest.orderKey !== keys.orderKey) {
      return { status: 422, body: { reason: 'manifest-other-keys' } };
    }
    const same = await openRound(sql, {
      id: roundId,
      manifest: order.manifest,
      manifestHash: await manifestHash(order.manifest),
      opensAtMs: Date.parse(manifest.opensAt),
      closesAtMs: Date.parse(manifest.closesAt),
    });
    // A round has one manifest for ever: another one is another round.
    if (!same) return { status: 409, body: { reason: 'other-manifest' } };
  } else if ((await closeRound(sql, roundId, 'now')) === null) {
    return { status: 404, body: { reason: 'unknown-round' } };
  }

  await book.reload();
  const round = book.known(roundId);
  if (!round) throw new Error('An order changed a round that cannot be found');
  const totals = await ballotTotals(sql, roundId);
  return {
    status: 200,
    body: {
      state: round.state,
      manifestHash: round.hash,
      ballots: totals.voters,
      lines: totals.lines,
    },
  };
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
