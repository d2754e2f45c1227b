import type { Sha256 } from '@/lib/record/merkle';
import type { CheckedPortion, LineContext } from './lines';

/** The cryptography of a verification, given from outside: Node's with all cores, or a browser's. */
export interface VerifierCrypto {
  readonly sha256: Sha256;
  /** `key` is the raw 32 bytes. */
  ed25519(key: Uint8Array, text: Uint8Array, signature: Uint8Array): Promise<boolean>;
  /**
   * Starts checking ballot lines against a manifest. `check` may be called again before the last
   * portion is ready, at most `parallel` times at once; portions are whole lines ended by LF.
   */
  ballots(context: LineContext): {
    readonly parallel: number;
    /** Bytes of lines that make a good portion. */
    readonly portionBytes: number;
    check(portion: Uint8Array): Promise<CheckedPortion>;
    close(): Promise<void>;
  };
}
