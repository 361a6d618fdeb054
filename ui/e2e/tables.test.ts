import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { call, enter } from './account';
import { openBrowser, setting, Visitor, type Language, type Theme } from './browser';
import { Counted } from './counted';

const CLICKS_MAX = 12;
const FIELDS_MAX = 3;
const MENDING_CLICKS_MAX = 4;
const FLOW = '/p/newcomer/flows/buyer-to-support';

let browser: Browser;
let visitor: Visitor;

beforeAll(async () => {
  browser = await openBrowser();
  visitor = await Visitor.open(browser);
  await enter(visitor);
  await call(visitor, 'PATCH', 'me', { language: 'en', theme: 'light' });
  await call(visitor, 'POST', 'projects', { name: 'newcomer', title: 'Newcomer' });
});

afterAll(async () => {
  await browser.close();
});

test('a newcomer gets from two unknown databases to a verified receipt', async () => {
  await visitor.goto('/p/newcomer');
  const hands = new Counted(visitor.page);
  await hands.click('button', 'Move a table');
  await hands.type('Address', setting('SHOP_ADDRESS'), 'From');
  await hands.click('button', 'Connect', 'From');
  await hands.click('button', /sales\.buyer/, 'From');
  const first = hands.fields;
  await hands.type('Address', setting('SUPPORT_ADDRESS'), 'To');
  await hands.click('button', 'Connect', 'To');
  await hands.click('button', /customer 客户/, 'To');
  const second = hands.fields - first;
  await hands.click('button', /^check Accept all \d+ proposals$/);
  await hands.sees('b1@shop.example');
  await visitor.shot('move-en-light-whole');
  await hands.click('button', /Run and verify$/);
  await hands.sees('Source and target are equal');
  await hands.click('tab', 'Receipt');
  await hands.sees('1,200 rows of the source, 1,200 in the target');
  console.log(`newcomer: ${hands}`);
  await visitor.shot('receipt-en-light');
  expect(hands.clicks).toBeLessThanOrEqual(CLICKS_MAX);
  expect(first).toBeLessThanOrEqual(FIELDS_MAX);
  expect(second).toBeLessThanOrEqual(FIELDS_MAX);
  expect(visitor.failures).toEqual([]);
});

test('the password stands in the vault alone', async () => {
  const password = new URL(setting('SHOP_ADDRESS')).password;
  await visitor.goto('/p/newcomer/connections/shop');
  await visitor.page.getByText('${secret:shop.password}').first().waitFor();
  expect(await visitor.page.content()).not.toContain(password);
});

test('a column renamed in the source is seen before the run and mended in four clicks', async () => {
  const { page } = visitor;
  const changed = await fetch(`${setting('SHOP_CHANGE')}rename`, { method: 'POST' });
  expect(changed.status).toBe(204);
  await visitor.goto(FLOW);
  const hands = new Counted(page);
  await hands.sees(/Step mapped: its source has no column credit_limit any more/);
  await page.locator('.react-flow__node', { hasText: 'mapped' }).getByRole('img').first().waitFor();
  await visitor.shot('renamed-en-light');
  await hands.click('button', 'Use credit_ceiling instead');
  await page.getByText(/its source has no column/).waitFor({ state: 'detached' });
  await hands.click('button', /Publish$/);
  await hands.sees('Published');
  await hands.click('button', /Run$/);
  await hands.click('button', 'Show the run');
  await hands.sees('Source and target are equal');
  console.log(`renamed: ${hands}`);
  expect(hands.clicks).toBeLessThanOrEqual(MENDING_CLICKS_MAX);
  expect(visitor.failures).toEqual([]);
});

test('a mapping is drawn, accepted, computed, tried, published and run', async () => {
  const { page } = visitor;
  const text = `flow: drawn
steps:
  buyer:
    read: shop.sales.buyer
  mapped:
    from: buyer
    map:
      email: email
  customer:
    from: mapped
    write: support.customer
    mode: upsert
    key: [customer_no]
verify: {after: full}
`;
  await call(visitor, 'PUT', 'projects/newcomer/flows/drawn', { text });
  await visitor.goto('/p/newcomer/flows/drawn');
  await page.locator('.react-flow__node', { hasText: 'mapped' }).click();
  const lines = page.locator('.mapping-lines');
  await dragField(visitor, 'city');
  const written = page.locator('.flow-body > .ant-splitter .cm-content').last();
  await written.getByText('city: city').waitFor();
  await page.locator('.mapping-editor').getByRole('button', { name: 'Close' }).click();
  await page.getByRole('button', { name: /^Accept all \d+$/ }).click();
  await written.getByText('customer_no: buyer_no').waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await written.getByText('customer_no: buyer_no').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Redo' }).click();
  await lines.getByText('name', { exact: true }).last().click();
  const side = page.locator('.mapping-side');
  await side.locator('.cm-content').click();
  await page.keyboard.press('Control+A');
  await page.keyboard.type('upper(full_name)');
  await side.getByText('BUYER 1', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Preview 100 rows' }).click();
  await page.locator('.preview-pane').getByText('Figures are of 100').waitFor();
  await visitor.shot('drawn-en-light');
  await page
    .locator('.flow-toolbar')
    .getByRole('button', { name: /Publish$/ })
    .click();
  await page.locator('.flow-toolbar').getByText('Published').waitFor();
  await page.locator('.flow-toolbar').getByRole('button', { name: /Run$/ }).click();
  await page.getByRole('button', { name: 'Show the run' }).click();
  await page.getByText('Source and target are equal').first().waitFor();
  expect(visitor.failures).toEqual([]);
});

/** Draws the line from a source field to the target field of the same name. */
async function dragField({ page }: Visitor, name: string): Promise<void> {
  const named = page.locator('.mapping-lines').getByText(name, { exact: true });
  await named.last().waitFor();
  const [from, to] = [await named.first().boundingBox(), await named.last().boundingBox()];
  if (!from || !to) throw new Error(`field ${name} is not drawn`);
  await page.mouse.move(from.x + 5, from.y + 8);
  await page.mouse.down();
  await page.mouse.move(from.x + 60, from.y + 12, { steps: 4 });
  await page.mouse.move(to.x + 5, to.y + 8, { steps: 8 });
  await page.mouse.up();
}

test('an address can fill the form of a connection', async () => {
  const { page } = visitor;
  await visitor.goto('/p/newcomer/connections');
  await page.getByRole('button', { name: 'Add a connection' }).click();
  await page.getByLabel('Address', { exact: true }).fill('mysql://app:hush-9@db1:3307/erp');
  await page.getByRole('button', { name: 'Fill in the form' }).click();
  await page.waitForURL(/connections\/new\/mysql$/);
  await page.waitForFunction(() => document.body.innerText.includes('${secret:erp.password}'));
  expect(await page.locator('#connection-name').inputValue()).toBe('erp');
  expect(await page.locator('#option-host').inputValue()).toBe('db1');
  expect(await page.content()).not.toContain('>hush-9');
  page.once('dialog', (dialog) => void dialog.accept());
});

const LOOKS: [Language, Theme][] = [
  ['zh-CN', 'light'],
  ['zh-CN', 'dark'],
  ['en', 'dark'],
];

for (const [language, theme] of LOOKS) {
  test(`the journey can be looked at: ${language}, ${theme}`, async () => {
    const { page } = visitor;
    await call(visitor, 'PATCH', 'me', { language, theme });
    await visitor.goto('/p/newcomer/move');
    const [from, to] = [page.locator('#move-from'), page.locator('#move-to')];
    await from.waitFor();
    for (const [side, connection, table] of [
      [from, 'shop', /sales\.buyer/],
      [to, 'support', /^customer/],
    ] as const) {
      const panel = page.getByRole('region').filter({ has: side });
      await panel.getByRole('combobox').click();
      await page
        .locator('.ant-select-item-option', { hasText: `${connection} ·` })
        .last()
        .click();
      await panel.getByRole('button', { name: table }).click();
    }
    await page.locator('#move-map').waitFor();
    await page.getByText('full_name').first().waitFor();
    await visitor.shot(`move-${language}-${theme}`);
    await visitor.goto(FLOW);
    const mapped = page.locator('.react-flow__node', { hasText: 'mapped' });
    await mapped.click();
    await page.locator('.mapping-lines').waitFor();
    await page.getByText('credit_ceiling').first().waitFor();
    await visitor.shot(`mapping-${language}-${theme}`);
    await visitor.goto('/p/newcomer/runs');
    await page.locator('a[href*="/runs/"]').first().click();
    await page.getByText(/1,200/).first().waitFor();
    await visitor.shot(`run-${language}-${theme}`);
    expect(visitor.failures).toEqual([]);
  });
}
