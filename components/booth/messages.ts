type Messages = Readonly<Record<string, unknown>>;

/** The texts that travel to the phone: the booth's own, and the names of the four dimensions. */
export function boothMessages({ booth, common }: Messages): Messages {
  return { booth, common: { dimension: inside(common)['dimension'] } };
}

function inside(value: unknown): Messages {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
