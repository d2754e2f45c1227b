import { toBase64Url, utf8 } from '@/lib/shared/bytes';
import type { AllocateContest, Contest, Manifest, ManifestGroup } from './manifest';

/** What the booth needs of a manifest without carrying the schema library to a phone. */

/** No rule of a round lets a ballot mark more options in one contest; most allow far fewer. */
export const MOST_PICKS = 100;

/** Base64url SHA-256 of the UTF-8 bytes of the exact text (43 characters). */
export async function manifestHash(exactText: string): Promise<string> {
  return toBase64Url(new Uint8Array(await crypto.subtle.digest('SHA-256', utf8(exactText))));
}

/** The contests a voter of this group answers, in the manifest's order. */
export function contestsFor(manifest: Manifest, groupId: string): Contest[] {
  return manifest.contests.filter((each) => each.groups === 'all' || each.groups.includes(groupId));
}

export function groupOf(manifest: Manifest, groupId: string): ManifestGroup | null {
  return manifest.groups.find((each) => each.id === groupId) ?? null;
}

/** Plan rows or proposals, in the manifest's order. */
export function optionIds(of: Contest): string[] {
  return of.kind === 'rank' ? of.rows.map((row) => row.id) : of.proposals.map((each) => each.id);
}

/** The most proposals that a ballot may mark: all, where the rules set no limit. */
export function mostPicks({ maxPicks, proposals }: AllocateContest): number {
  return maxPicks ?? proposals.length;
}

/** A contest's proposals as the count knows them; ceilings go by dimension. */
export function countedProjects({ proposals }: AllocateContest) {
  return proposals.map(({ id, costCents, dimension }) => ({
    id,
    cost: costCents,
    categories: [dimension],
  }));
}
