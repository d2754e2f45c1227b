import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { removeHome } from './home';
import { anyFreePort } from './ports';
import { startStack } from './stack';
import { StartProblem } from './start-problem';

let folder = '';
afterEach(async () => {
  await removeHome(folder);
  rmSync(folder, { recursive: true, force: true });
});

it.each([
  ['without a format', '{"seeded":true,"fiscalYear":2027,"ports":{"registry":1,"ballotBox":2}}'],
  ['of a later format', '{"format":99,"seeded":true,"fiscalYear":2027,"ports":{}}'],
  ['cut in the middle', '{"format":2,"see'],
])('data %s is told in one sentence, and no database is started', async (_, state) => {
  folder = mkdtempSync(join(tmpdir(), 'minka-old-home-'));
  writeFileSync(join(folder, 'state.json'), state);
  const said: string[] = [];
  const starting = startStack({
    folder,
    port: await anyFreePort(),
    currentRound: 'open',
    demo: true,
    say: (line) => said.push(line),
    signal: AbortSignal.timeout(60_000),
  });
  await expect(starting).rejects.toThrow(StartProblem);
  await expect(starting).rejects.toThrow(/^[^\n]+npm run demo -- --reset$/);
  expect(said).toEqual([]);
  expect(existsSync(join(folder, 'lock'))).toBe(false);
});
