import { createHash, randomBytes, type KeyObject } from 'node:crypto';
import { composeBallot, type SignedBallot } from '@/lib/ballots/compose';
import { contestsFor } from '@/lib/rounds/contests';
import type { Manifest } from '@/lib/rounds/manifest';
import { groupOfDistrict } from '@/lib/rounds/rules';
import { present } from '@/lib/shared/assert';
import { choicesFor } from '../preferences';
import { drawFrom } from '../random';
import type { DemoResident } from '../roll';
import { mintCredential } from './credentials';
import { residentId } from './foundation';

/** Of a hundred demo voters: how many change their ballot, and how many never send one. */
const CHANGE_PERCENT = 4;
const ACTIVATE_ONLY_PERCENT = 3;
/** How many were helped at a desk. */
const DESK_PERCENT = 15;

/** A credential as the registry and the issuer know it. Nothing in it leads to a ballot. */
export interface IssuedRow {
  readonly residentId: string;
  readonly groupId: string;
  readonly channel: 'phone' | 'desk';
  readonly blindedHash: Buffer;
  readonly blindSignature: Buffer;
}

export interface CastVotes {
  readonly issued: readonly IssuedRow[];
  readonly ballots: readonly SignedBallot[];
}

/**
 * The votes of these residents with real keys, tokens and signatures. A few change their ballot
 * once, a few activate their vote and send nothing, as people do.
 */
export async function castVotes(
  frozen: { readonly manifest: Manifest; readonly hash: string },
  issuerKeys: ReadonlyMap<string, KeyObject>,
  voters: readonly DemoResident[],
): Promise<CastVotes> {
  const { manifest, hash } = frozen;
  const issued: IssuedRow[] = [];
  const ballots: SignedBallot[] = [];
  for (const voter of voters) {
    const group = present(
      groupOfDistrict(manifest.groups, voter.districtCode),
      `group of district ${voter.districtCode}`,
    );
    const issuerKey = present(issuerKeys.get(group.id), `issuer key of ${group.id}`);
    const minted = await mintCredential(issuerKey, manifest.round, group.id);
    const draw = drawFrom(`minka/demo/habits/${manifest.round}/${voter.index}`);
    issued.push({
      residentId: residentId(voter.index),
      groupId: group.id,
      channel: draw(100) < DESK_PERCENT ? 'desk' : 'phone',
      blindedHash: createHash('sha256').update(minted.blinded).digest(),
      blindSignature: minted.blindSignature,
    });
    const habit = draw(100);
    if (habit < ACTIVATE_ONLY_PERCENT) continue;

    const choices = choicesFor(voter, contestsFor(manifest, group.id));
    const vote = {
      manifest,
      manifestHash: hash,
      credential: minted.credential,
      secret: randomBytes(32),
    };
    if (habit >= 100 - CHANGE_PERCENT) {
      const blank = Object.fromEntries(Object.keys(choices).map((id) => [id, []]));
      const first = await composeBallot({ ...vote, choices: blank, seq: 1, previous: null });
      ballots.push(first);
      ballots.push(await composeBallot({ ...vote, choices, seq: 2, previous: first.leaf }));
    } else {
      ballots.push(await composeBallot({ ...vote, choices, seq: 1, previous: null }));
    }
  }
  return { issued, ballots };
}
