const LIMA_OFFSET_MS = -5 * 60 * 60 * 1000;

/** A moment as a field of date and time holds it, in Lima. */
export function limaField(moment: Date): string {
  return new Date(moment.getTime() + LIMA_OFFSET_MS).toISOString().slice(0, 16);
}
