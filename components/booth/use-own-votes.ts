import { useEffect, useState } from 'react';
import { votesOf } from './store';
import type { Counted, StoredVote } from './types';

export type CountedVote = StoredVote & { readonly counted: Counted };

export function isCounted(vote: StoredVote): vote is CountedVote {
  return vote.counted !== null;
}

/** The votes of a round that this phone keeps, counted or begun; null until it has looked. */
export function useOwnVotes(round: string): {
  readonly votes: readonly StoredVote[] | null;
  readonly lookAgain: () => void;
} {
  const [found, setFound] = useState<{ round: string; votes: readonly StoredVote[] } | null>(null);
  const [looks, setLooks] = useState(0);
  useEffect(() => {
    let isCurrent = true;
    const look = async (): Promise<void> => {
      const votes = 'indexedDB' in globalThis ? await votesOf(round).catch(() => []) : [];
      if (isCurrent) setFound({ round, votes });
    };
    void look();
    return () => {
      isCurrent = false;
    };
  }, [round, looks]);
  return {
    votes: found?.round === round ? found.votes : null,
    lookAgain: () => {
      setLooks((times) => times + 1);
    },
  };
}
