import { ensureVerifier } from '../supervisor/build-verifier';

/** Part of `npm run build`: the verifier's page and its single-file command. */
await ensureVerifier();
