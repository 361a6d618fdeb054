import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { call, enter, PASSWORD } from './account';
import { openBrowser, url, Visitor } from './browser';

const PROJECT = 'sessions';
const FLOW = `flow: kept
steps:
  rows: {read: shop.item}
  some: {from: rows, where: id > 1}
`;

let browser: Browser;
let visitor: Visitor;

beforeAll(async () => {
  browser = await openBrowser();
  visitor = await Visitor.open(browser);
  await enter(visitor);
  await call(visitor, 'POST', 'projects', { name: PROJECT, title: 'Sessions' });
  await call(visitor, 'PUT', `projects/${PROJECT}/connections/shop`, {
    text: 'connection: shop\ntype: sqlite\npath: shop.db\n',
  });
  await call(visitor, 'PUT', `projects/${PROJECT}/flows/kept`, { text: FLOW });
});
afterAll(async () => {
  await browser.close();
});

const open = async (page: Page) => {
  await page.goto(`${url()}/p/${PROJECT}/flows/kept`);
  await page.locator('.react-flow__node[data-id=some]').waitFor();
};
const nodes = (page: Page) => page.locator('.react-flow__node').count();

test('a key pressed in the form of a step does not take the step away', async () => {
  const { page } = visitor;
  await open(page);
  await page.locator('.react-flow__node[data-id=some]').click();
  await page.getByRole('button', { name: 'Preview 100 rows' }).focus();
  await page.keyboard.press('Delete');
  await page.keyboard.press('Backspace');
  expect(await nodes(page)).toBe(2);
  await page.locator('.react-flow__node[data-id=some]').focus();
  await page.keyboard.press('Delete');
  await page.locator('.react-flow__node[data-id=some]').waitFor({ state: 'detached' });
  await page.keyboard.press('Control+z');
  await page.locator('.react-flow__node[data-id=some]').waitFor();
});

test('a session that ends takes no edit away: one logs in over the page', async () => {
  const { page, context } = visitor;
  await open(page);
  await page.locator('.flow-yaml .cm-content').click();
  await page.keyboard.press('Control+End');
  await page.keyboard.type('# not saved yet');
  await context.clearCookies({ name: 'mortise_session' });
  await page.keyboard.press('Control+s');
  const again = page.getByRole('dialog', { name: 'Your session has ended' });
  await again.locator('input[type=password]').fill(PASSWORD);
  await page.keyboard.press('Enter');
  await again.waitFor({ state: 'detached' });
  await page.keyboard.press('Control+s');
  await page.getByText('Saved', { exact: true }).waitFor();
  await page.reload();
  await page.locator('.flow-yaml').getByText('# not saved yet').waitFor();
});
