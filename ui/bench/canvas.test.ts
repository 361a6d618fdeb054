import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser } from '../e2e/browser';
import { centre, drag, Gauge, typing, wheel } from './gauge';
import { openStudio } from './studio';

/** 30 frames a second, on two slow cores without a graphics card. */
const FRAME_MAX_MS = 33;
const KEY_MAX_MS = 50;

let browser: Browser;
let page: Page;
let gauge: Gauge;
let studio: Awaited<ReturnType<typeof openStudio>>;

beforeAll(async () => {
  studio = await openStudio();
  browser = await openBrowser();
  page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(`${studio.url}/p/bench/flows/large`);
  await page.locator('.react-flow__node').first().waitFor();
  await page.getByText('Succeeded').first().waitFor();
  await page.waitForTimeout(3_000);
  gauge = await Gauge.on(page);
});

afterAll(async () => {
  console.table(gauge.costs);
  await browser.close();
  studio.close();
});

/** In the middle of the canvas, and off every step: the first step is brought there, then left. */
const ground = async () => {
  const box = await page.locator('.flow-canvas').boundingBox();
  if (!box) throw new Error('the canvas is not shown');
  return { x: box.x + box.width / 2, y: box.y + box.height - 30 };
};

test('the whole flow is seen from afar and moved', async () => {
  const at = await ground();
  await wheel(page, at, 400, 30);
  await page.waitForTimeout(500);
  expect(
    (await gauge.of('pan far', () => drag(page, at, { x: at.x + 200, y: at.y - 150 }))).p95,
  ).toBeLessThanOrEqual(FRAME_MAX_MS);
});

test('zooming in and out', async () => {
  const at = await ground();
  const nearer = await gauge.of('zoom in', () => wheel(page, at, -100));
  const farther = await gauge.of('zoom out', () => wheel(page, at, 100));
  expect.soft(nearer.p95).toBeLessThanOrEqual(FRAME_MAX_MS);
  expect.soft(farther.p95).toBeLessThanOrEqual(FRAME_MAX_MS);
});

test('near, the ground is dragged', async () => {
  await page.locator('#flow-find').click();
  await page.keyboard.type('joined_14');
  await page.keyboard.press('Enter');
  await page.waitForTimeout(1_000);
  const at = await ground();
  const cost = await gauge.of('pan near', () => drag(page, at, { x: at.x - 300, y: at.y - 120 }));
  expect(cost.p95).toBeLessThanOrEqual(FRAME_MAX_MS);
});

test('one step is dragged, and selected', async () => {
  const at = await centre(page, '.react-flow__node[data-id="joined_14"]');
  const moved = await gauge.of('drag step', () => drag(page, at, { x: at.x + 160, y: at.y + 60 }));
  expect.soft(moved.p95).toBeLessThanOrEqual(FRAME_MAX_MS);
  const steps = page.locator('.react-flow__node');
  const selected = await gauge.of('select', async () => {
    for (let i = 0; i < 6; i++) {
      const box = await steps.nth(i).boundingBox();
      if (box) await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
      await page.waitForTimeout(150);
    }
  });
  expect.soft(selected.p95).toBeLessThanOrEqual(FRAME_MAX_MS);
});

test('typing in a form of a step', async () => {
  await page.locator('#flow-find').click();
  await page.keyboard.type('orders_7');
  await page.keyboard.press('Enter');
  const field = page.locator('.step-panel .panel-head input');
  await field.waitFor();
  await field.click();
  await page.waitForTimeout(500);
  const keys = await typing(page, 'abcdefghijklmnopqrst');
  console.log(`typing: median ${keys[10]?.toFixed(0)} ms, p95 ${keys[18]?.toFixed(0)} ms`);
  expect(keys[18]).toBeLessThanOrEqual(KEY_MAX_MS);
});

test('typing SQL of a step', async () => {
  await page.locator('#flow-find').click();
  await page.keyboard.type('joined_9');
  await page.keyboard.press('Enter');
  const field = page.locator('.step-panel .sql-editor .cm-content');
  await field.waitFor();
  await field.click();
  await page.keyboard.press('Control+End');
  await page.waitForTimeout(500);
  const keys = await typing(page, ' where total > 100 and');
  console.log(`typing SQL: median ${keys[10]?.toFixed(0)} ms, p95 ${keys[20]?.toFixed(0)} ms`);
  expect(keys[20]).toBeLessThanOrEqual(KEY_MAX_MS);
  const cost = await gauge.of('commit SQL', () => page.waitForTimeout(1_500));
  expect.soft(cost.max).toBeLessThanOrEqual(250);
});

test('typing in the YAML', async () => {
  await page.locator('.flow-yaml .cm-line').nth(3).click();
  await page.keyboard.press('End');
  await page.waitForTimeout(500);
  const keys = await typing(page, '  # orders of one day');
  console.log(`typing YAML: median ${keys[10]?.toFixed(0)} ms, p95 ${keys[19]?.toFixed(0)} ms`);
  expect(keys[19]).toBeLessThanOrEqual(KEY_MAX_MS);
});
