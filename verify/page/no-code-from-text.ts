import { z } from 'zod';

/**
 * The page's policy forbids making code from text, which the schema library would otherwise try as
 * soon as a schema is made: this file is imported before any that makes one.
 */
z.config({ jitless: true });
