/**
 * `npm run -s verify-record -- FOLDER|URL [--since FILE] [--proof FILE] [--manifest-hash H]
 * [--lang es|en] [--json]`: checks a public record from end to end, and a phone's proof against
 * it. Everything is in verify/, which can be run alone.
 */
import '@/verify/node/main';
