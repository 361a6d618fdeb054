import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { centre, drag, wheel, type Gauge } from './gauge';
import { FRAME_MAX_MS, KEY_MAX_MS, Stage } from './stage';

let stage: Stage;
let page: Page;
let gauge: Gauge;

beforeAll(async () => {
  stage = await Stage.of('large', async (shown) => {
    await shown.locator('.react-flow__node').first().waitFor();
    await shown.getByText('Succeeded').first().waitFor();
    await shown.waitForTimeout(3_000);
  });
  ({ page, gauge } = stage);
});

afterAll(() => stage.close());

const middle = () => centre(page, '.flow-canvas');

/** Below the middle of the canvas, where no step stands. */
const ground = async () => {
  const box = await page.locator('.flow-canvas').boundingBox();
  if (!box) throw new Error('the canvas is not shown');
  return { x: box.x + box.width / 2, y: box.y + box.height - 30 };
};

async function shot(name: string) {
  const folder = process.env.SCREENSHOTS;
  if (folder) await page.screenshot({ path: `${folder}/${name}.png` });
}

test('the whole flow is seen from afar and moved', async () => {
  await page.locator('.react-flow__controls-fitview').click();
  const at = await ground();
  await page.waitForTimeout(500);
  await shot('far');
  expect(
    (await gauge.of('pan far', () => drag(page, at, { x: at.x + 200, y: at.y - 150 }))).p95,
  ).toBeLessThanOrEqual(FRAME_MAX_MS);
});

test('zooming in and out', async () => {
  const at = await middle();
  const nearer = await gauge.of('zoom in', () => wheel(page, at, -100));
  await shot('near');
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
  await shot('found');
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
  const key = await gauge.typing('form', 'abcdefghijklmnopqrst');
  expect.soft(key).toBeLessThanOrEqual(KEY_MAX_MS);
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
  const key = await gauge.typing('SQL', ' where total > 100 and');
  expect.soft(key).toBeLessThanOrEqual(KEY_MAX_MS);
  const cost = await gauge.of('commit SQL', () => page.waitForTimeout(1_500));
  expect.soft(cost.max).toBeLessThanOrEqual(250);
});

test('typing in the YAML', async () => {
  await page.locator('.flow-yaml .cm-line').nth(3).click();
  await page.keyboard.press('End');
  await page.waitForTimeout(500);
  const key = await gauge.typing('YAML', '  # orders of one day');
  expect.soft(key).toBeLessThanOrEqual(KEY_MAX_MS);
});
