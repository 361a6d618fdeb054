import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { centre, drag, wheel, type Gauge } from './gauge';
import { FRAME_MAX_MS, KEY_MAX_MS, Stage } from './stage';

/** Accepting 300 proposals at once: noticed, but not waited for. */
const ACCEPT_MAX_MS = 400;

let stage: Stage;
let page: Page;
let gauge: Gauge;

beforeAll(async () => {
  stage = await Stage.of('wide', async (shown) => {
    await shown.locator('.react-flow__node', { hasText: 'mapped' }).click();
    await shown.locator('.mapping-table').waitFor();
    await shown.waitForTimeout(2_000);
  });
  ({ page, gauge } = stage);
});

afterAll(() => stage.close());

test('all proposals are accepted at once', async () => {
  const cost = await gauge.of('accept all', async () => {
    await page.getByRole('button', { name: /^Accept all \d+$/ }).click();
    await page.waitForTimeout(1_500);
  });
  expect(cost.max).toBeLessThanOrEqual(ACCEPT_MAX_MS);
});

test('the table is scrolled and written in', async () => {
  const table = await centre(page, '.mapping-table .table-rows, .mapping-table');
  const cost = await gauge.of('scroll table', () => wheel(page, table, 120));
  expect.soft(cost.p95).toBeLessThanOrEqual(FRAME_MAX_MS);
  await page.locator('.table-expression input').nth(8).click();
  const key = await gauge.typing('table', 'abcdefghijklmnopqrst');
  expect.soft(key).toBeLessThanOrEqual(KEY_MAX_MS);
  await page.keyboard.press('Escape');
});

test('both lists are scrolled, and a line is drawn', async () => {
  await page.getByText('Lines', { exact: true }).first().click();
  await page.locator('.mapping-lines').waitFor();
  await page.waitForTimeout(500);
  const source = await centre(page, '.field-list.source');
  const target = await centre(page, '.field-list.target');
  const left = await gauge.of('scroll sources', () => wheel(page, source, 120));
  const right = await gauge.of('scroll targets', () => wheel(page, target, 120));
  const line = await gauge.of('draw line', () => drag(page, source, target));
  for (const cost of [left, right, line]) expect.soft(cost.p95).toBeLessThanOrEqual(FRAME_MAX_MS);
});

test('an expression is typed', async () => {
  await page.locator('.field.target').nth(10).click();
  const field = page.locator('.mapping-side .cm-content');
  await field.click();
  await page.keyboard.press('Control+End');
  await page.waitForTimeout(300);
  const key = await gauge.typing('expression', ' || upper(source_3) ||');
  expect.soft(key).toBeLessThanOrEqual(KEY_MAX_MS);
});
