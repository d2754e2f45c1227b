import type { VerifierCrypto } from '../crypto';
import { LineReader } from '../lines';
import { nodeCrypto } from '../node/node-crypto';
import { checkPortion, sha256 } from '../node/worker';

/** Node's cryptography without threads: small records in tests. */
export const inlineCrypto: VerifierCrypto = {
  ...nodeCrypto(new URL('never-started:')),
  ballots: (context) => {
    const reader = new LineReader(context, sha256);
    return {
      parallel: 2,
      // Small, so that a test's few ballots make several portions.
      portionBytes: 4096,
      check: (portion) => Promise.resolve(checkPortion(reader, portion)),
      close: () => Promise.resolve(),
    };
  },
};
