import { liveFile, RECORD_FILES, type LiveFile } from '@/lib/record/format';
import type { BallotStore } from '../ballot-store';
import { LiveCount } from '../live-count';
import type { Findings } from '../report';
import { sameJson } from '../same';
import { jsonOf } from '../source';

/**
 * V11: whatever a screen showed while people voted was the true state of the leaves at that moment,
 * and never stood on fewer than k new ballots.
 */
export class LiveCheck {
  private shown: LiveFile | null = null;
  private files = 0;
  private count: LiveCount | null = null;

  constructor(
    private readonly store: BallotStore,
    private readonly findings: Findings,
  ) {}

  /** Files in ascending order of size. The one over the whole sealed record is bound by no k. */
  check(size: number, bytes: Uint8Array, treeSize: number): void {
    const file = RECORD_FILES.live(size);
    const { livePolicy, minGroup } = this.store.manifest;
    this.files += 1;
    if (livePolicy !== 'live') {
      this.findings.add('V11', 'live-not-allowed', { file });
      return;
    }
    const parsed = liveFile.safeParse(jsonOf(bytes));
    if (!parsed.success || parsed.data.size !== size || size > treeSize) {
      this.findings.add('V11', 'live-malformed', { file });
      return;
    }
    const shown = parsed.data;
    this.count ??= new LiveCount(this.store);
    this.count.advance(size);
    const own = this.count.figures(this.shown, false);
    const isWhole = size === treeSize;
    const afterClosing = isWhole ? this.count.figures(this.shown, true) : null;
    const isFinal = afterClosing !== null && sameJson(shown, afterClosing);
    if (!isFinal && !sameJson(shown, own)) this.findings.add('V11', 'live-differs', { file });
    const gained = shown.voters - (this.shown?.voters ?? 0);
    if (!isFinal && gained < minGroup) {
      this.findings.add('V11', 'live-too-soon', { file, gained, minGroup });
    }
    this.shown = own;
  }

  finish(): void {
    this.findings.finish('V11', { files: this.files });
  }
}
