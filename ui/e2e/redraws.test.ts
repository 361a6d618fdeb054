import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { call, enter } from './account';
import { openBrowser, Visitor } from './browser';
import { redrawnBy, watchRedraws } from './redraws';

const ROADS = 25;
const FLOW = `flow: large
steps:
${Array.from(
  { length: ROADS },
  (_, i) => `  rows_${i}:
    read: shop.rows_${i}
  good_${i}:
    from: rows_${i}
    where: total > ${i}
  kept_${i}:
    from: good_${i}
    write: store.rows_${i}
    mode: append
`,
).join('')}`;

let browser: Browser;
let page: Page;

beforeAll(async () => {
  browser = await openBrowser();
  const visitor = await Visitor.open(browser);
  page = visitor.page;
  await watchRedraws(page);
  await enter(visitor);
  await call(visitor, 'POST', 'projects', { name: 'drawing', title: 'Drawing' });
  await call(visitor, 'PUT', 'projects/drawing/flows/large', { text: FLOW });
  await visitor.goto('/p/drawing/flows/large');
  await page.locator('.react-flow__node').first().waitFor();
  // The check of the draft marks steps, and so draws them: it is waited for.
  await page.locator('.flow-problems, .step-mark').first().waitFor();
});

afterAll(async () => {
  await browser.close();
});

/** A place on the canvas where no step, line or panel is. */
async function ground(): Promise<{ x: number; y: number }> {
  return page.evaluate(() => {
    const { left, top, width, height } = document
      .querySelector('.flow-canvas')!
      .getBoundingClientRect();
    for (let part = 0.95; part > 0; part -= 0.03) {
      for (let across = 0.1; across < 0.9; across += 0.03) {
        const at = { x: left + width * across, y: top + height * part };
        const found = document.elementFromPoint(at.x, at.y);
        if (found?.classList.contains('react-flow__pane')) return at;
      }
    }
    throw new Error('steps stand everywhere');
  });
}

/** The step whose middle is nearest to that of the canvas. */
async function inTheMiddle(): Promise<{ name: string; x: number; y: number }> {
  return page.evaluate(() => {
    const middleOf = (element: Element) => {
      const { x, y, width, height } = element.getBoundingClientRect();
      return { x: x + width / 2, y: y + height / 2 };
    };
    const canvas = middleOf(document.querySelector('.flow-canvas')!);
    const steps = [...document.querySelectorAll<HTMLElement>('.react-flow__node')].map((step) => {
      const { x, y } = middleOf(step);
      return { name: step.dataset['id'] ?? '', x, y, far: Math.hypot(x - canvas.x, y - canvas.y) };
    });
    return steps.sort((a, b) => a.far - b.far)[0]!;
  });
}

async function drag(from: { x: number; y: number }, by: number): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + by, from.y + by, { steps: 12 });
  await page.mouse.up();
}

test('the steps are counted when all of them are drawn again', async () => {
  const names = await redrawnBy(page, async () => {
    await page.locator('.flow-canvas').hover();
    await page.keyboard.press('Control+A');
    await page.locator('.react-flow__node .step-node.selected').nth(5).waitFor();
  });
  expect(names.size).toBeGreaterThan(5);
  const at = await ground();
  await page.mouse.click(at.x, at.y);
  await page.locator('.step-node.selected').first().waitFor({ state: 'detached' });
});

test('a movement of the canvas draws no step again', async () => {
  const at = await ground();
  expect(await redrawnBy(page, () => drag(at, -60))).toEqual(new Set());
  await page.mouse.move(at.x, at.y);
  const zoomed = await redrawnBy(page, async () => {
    await page.mouse.wheel(0, -60);
    await page.waitForTimeout(300);
  });
  expect(zoomed).toEqual(new Set());
});

test('a step that is dragged is drawn again, and no other', async () => {
  const step = await inTheMiddle();
  const names = await redrawnBy(page, () => drag(step, 48));
  expect([...names]).toEqual([step.name]);
});
