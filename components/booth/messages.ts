type Messages = Readonly<Record<string, unknown>>;

/** The texts that travel to the phone: the booth's own, and the names of the four dimensions. */
export function boothMessages({ booth, common }: Messages): Messages {
  return { booth, common: { dimension: inside(common)['dimension'] } };
}

/** The same for a kiosk, with what it says otherwise. */
export function kioskMessages(messages: Messages): Messages {
  return { ...boothMessages(messages), kiosk: messages['kiosk'] };
}

function inside(value: unknown): Messages {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
