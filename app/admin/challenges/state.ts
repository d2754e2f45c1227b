/** What the form that opens a DNI shows: nothing yet, the eight digits, or that they are gone. */
export interface SeenDni {
  readonly dni: string | null;
  readonly gone: boolean;
}

export const NOT_SEEN: SeenDni = { dni: null, gone: false };
