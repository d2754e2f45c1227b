import AxeBuilder from '@axe-core/playwright';
import {
  expect,
  test as base,
  type BrowserContext,
  type Locator,
  type Page,
} from '@playwright/test';

export { expect };

/** What a page must never say to its console: errors of ours, and breaches of its own policy. */
export class Watch {
  readonly problems: string[] = [];

  over(context: BrowserContext): BrowserContext {
    context.on('console', (message) => {
      const text = message.text();
      if (/content security policy/i.test(text)) this.problems.push(text);
    });
    context.on('weberror', (error) => {
      this.problems.push(error.error().stack ?? error.error().message);
    });
    return context;
  }
}

/** Every test watches its pages; contexts that a test opens itself are given to `watch.over`. */
export const test = base.extend<{ watch: Watch }>({
  watch: [
    async ({ context }, use) => {
      const watch = new Watch();
      watch.over(context);
      await use(watch);
      expect(watch.problems).toEqual([]);
    },
    { auto: true },
  ],
});

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** No violation of WCAG 2.2 AA that axe can see, on the page as it stands. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(WCAG).analyze();
  const found = violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${id}: ${help} (${node.target.join(' ')})`),
  );
  expect(found, `axe on ${page.url()}`).toEqual([]);
}

/** Opens a page that must exist, and looks at it with axe. */
export async function visit(page: Page, path: string): Promise<void> {
  const response = await page.goto(path);
  expect(response?.status(), path).toBe(200);
  await expectAccessible(page);
}

/** Nothing has to be scrolled sideways to be read. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const over = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(over, `sideways scroll on ${page.url()}`).toBeLessThanOrEqual(0);
}

/** The hidden fields of a form, as a program that forges a request would copy them. */
export async function hiddenFields(form: Locator): Promise<Record<string, string>> {
  const pairs = await form
    .locator('input[type=hidden]')
    .evaluateAll((inputs) =>
      inputs.map((input) => [input.getAttribute('name') ?? '', input.getAttribute('value') ?? '']),
    );
  return Object.fromEntries(pairs) as Record<string, string>;
}

/** What the page itself says happened; the framework has an announcer of its own outside of it. */
export function told(page: Page, role: 'alert' | 'status'): Locator {
  return page.locator('#contenido').getByRole(role);
}
