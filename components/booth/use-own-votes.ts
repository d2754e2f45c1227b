import { useEffect, useState } from 'react';
import { votesOf } from './store';
import type { Counted, StoredVote } from './types';

export type CountedVote = StoredVote & { readonly counted: Counted };

/** The votes of a round that this phone has had counted; null until the phone has looked. */
export function useOwnVotes(round: string): {
  readonly votes: readonly CountedVote[] | null;
  readonly lookAgain: () => void;
} {
  const [found, setFound] = useState<{ round: string; votes: readonly CountedVote[] } | null>(null);
  const [looks, setLooks] = useState(0);
  useEffect(() => {
    let isCurrent = true;
    const look = async (): Promise<void> => {
      const votes = 'indexedDB' in globalThis ? await votesOf(round).catch(() => []) : [];
      const counted = votes.filter((vote): vote is CountedVote => vote.counted !== null);
      if (isCurrent) setFound({ round, votes: counted });
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
