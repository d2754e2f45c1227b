import en from '@/messages/en/error.json';
import es from '@/messages/es-PE/error.json';

/**
 * The words of the error pages. They are shown when anything may have failed, the messages of the
 * request included, so both languages travel with the page and the document's own chooses.
 */
export const ERROR_WORDS = { es, en } as const;
