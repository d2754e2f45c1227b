import { boothMessages } from '@/components/booth/messages';

type Messages = Readonly<Record<string, unknown>>;

/** The texts that travel to a tablet: its own, and those of the booth that it shows. */
export function tabletMessages(messages: Messages): Messages {
  return { ...boothMessages(messages), tablet: messages['tablet'] };
}
