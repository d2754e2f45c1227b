/** Stored with every result. Raise it whenever any input could give another output. */
export const ENGINE_VERSION = 'minka-tally/2';
