import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * Fills the environment of an operator's command from the demo of this folder, when there is one.
 * What is already in the environment wins, so that the same command serves a real server.
 */
export function loadDemoEnv(): void {
  if (process.env['DATABASE_URL']) return;
  const path = fileURLToPath(new URL('../../.minka/env.json', import.meta.url));
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return;
  }
  for (const [name, value] of Object.entries(JSON.parse(text) as Record<string, string>)) {
    process.env[name] ??= value;
  }
}
