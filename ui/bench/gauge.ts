import type { CDPSession, Page } from 'playwright-core';
import { spentIn, tracedIn } from './profile';

/** What a gesture cost: gaps between frames as they are, and how long the page's thread was busy. */
export interface Cost {
  gesture: string;
  frames: number;
  p50: number;
  p95: number;
  max: number;
  /** Milliseconds of the page's thread a frame, which load of the machine hardly changes. */
  task: number;
  script: number;
  style: number;
  layout: number;
}

const TIMES = ['TaskDuration', 'ScriptDuration', 'RecalcStyleDuration', 'LayoutDuration'] as const;
const TRACED = ['devtools.timeline', 'cc', 'viz', 'toplevel', '__metadata'];
type Times = Record<(typeof TIMES)[number], number>;

async function timesOf(cdp: CDPSession): Promise<Times> {
  const { metrics } = await cdp.send('Performance.getMetrics');
  const known = new Map(metrics.map(({ name, value }) => [name, value * 1000]));
  return Object.fromEntries(TIMES.map((name) => [name, known.get(name) ?? 0])) as Times;
}

/** Counts frames in the page from now on. */
async function count(page: Page) {
  await page.evaluate(() => {
    const seen: number[] = [];
    const state = window as unknown as { gaps: number[]; counting: boolean };
    state.gaps = seen;
    state.counting = true;
    let last = performance.now();
    const next = (now: number) => {
      if (!state.counting) return;
      seen.push(now - last);
      last = now;
      requestAnimationFrame(next);
    };
    requestAnimationFrame((now) => {
      last = now;
      requestAnimationFrame(next);
    });
  });
}

async function counted(page: Page): Promise<number[]> {
  return page.evaluate(() => {
    const state = window as unknown as { gaps: number[]; counting: boolean };
    state.counting = false;
    return state.gaps;
  });
}

const share = (sorted: number[], part: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
const rounded = (value: number) => Math.round(value * 10) / 10;

export class Gauge {
  readonly costs: Cost[] = [];

  private constructor(
    private readonly page: Page,
    private readonly cdp: CDPSession,
  ) {}

  static async on(page: Page): Promise<Gauge> {
    const cdp = await page.context().newCDPSession(page);
    await cdp.send('Performance.enable');
    return new Gauge(page, cdp);
  }

  /** Measures one gesture; named in `BENCH_PROFILE`, it is also said in which functions the time went. */
  async of(gesture: string, act: () => Promise<void>): Promise<Cost> {
    const profiled = process.env.BENCH_PROFILE?.split(',').includes(gesture);
    if (profiled) await this.beginProfile();
    const traced = process.env.BENCH_TRACE?.split(',').includes(gesture);
    const browser = this.page.context().browser();
    if (traced) await browser?.startTracing(this.page, { categories: TRACED });
    const before = await timesOf(this.cdp);
    await count(this.page);
    await act();
    const gaps = (await counted(this.page)).sort((a, b) => a - b);
    const after = await timesOf(this.cdp);
    const frames = Math.max(1, gaps.length);
    const each = (name: keyof Times) => rounded((after[name] - before[name]) / frames);
    const cost = {
      gesture,
      frames,
      p50: rounded(share(gaps, 0.5)),
      p95: rounded(share(gaps, 0.95)),
      max: rounded(gaps.at(-1) ?? 0),
      task: each('TaskDuration'),
      script: each('ScriptDuration'),
      style: each('RecalcStyleDuration'),
      layout: each('LayoutDuration'),
    };
    this.costs.push(cost);
    if (profiled) await this.printProfile(gesture);
    if (traced && browser)
      console.log(`-- ${gesture} --\n${tracedIn(await browser.stopTracing())}`);
    return cost;
  }

  /** Types, and gives the time from a key to what it shows, of the slowest twentieth. */
  async typing(where: string, text: string): Promise<number> {
    let millis: number[] = [];
    await this.of(`type ${where}`, async () => {
      millis = await type(this.page, text);
    });
    const slow = rounded(share(millis, 0.95));
    console.log(`${where}: a key is shown in ${rounded(share(millis, 0.5))} ms, p95 ${slow} ms`);
    return slow;
  }

  private async beginProfile() {
    await this.cdp.send('Profiler.enable');
    await this.cdp.send('Profiler.setSamplingInterval', { interval: 200 });
    await this.cdp.send('Profiler.start');
  }

  private async printProfile(gesture: string) {
    const { profile } = await this.cdp.send('Profiler.stop');
    console.log(`-- ${gesture} --\n${spentIn(profile)}`);
  }

  /** The measures as a table of text. */
  toString(): string {
    const heads = Object.keys(this.costs[0] ?? {}) as (keyof Cost)[];
    const line = (cells: unknown[]) =>
      cells.map((cell, i) => (i ? String(cell).padStart(8) : String(cell).padEnd(16))).join('');
    return [line(heads), ...this.costs.map((cost) => line(heads.map((head) => cost[head])))].join(
      '\n',
    );
  }
}

/** Moves the mouse in so many steps, each in a frame of its own where the page keeps up. */
export async function drag(page: Page, from: Point, to: Point, steps = 60) {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  for (let i = 1; i <= steps; i++) {
    const part = i / steps;
    await page.mouse.move(from.x + (to.x - from.x) * part, from.y + (to.y - from.y) * part);
    await frame(page);
  }
  await page.mouse.up();
}

export async function wheel(page: Page, at: Point, deltaY: number, steps = 40) {
  await page.mouse.move(at.x, at.y);
  for (let i = 0; i < steps; i++) {
    await page.mouse.wheel(0, deltaY);
    await frame(page);
  }
}

export interface Point {
  x: number;
  y: number;
}

const frame = (page: Page) =>
  page.evaluate(() => new Promise<void>((done) => requestAnimationFrame(() => done())));

const PAINTED = () =>
  new Promise<number>((done) => {
    const listen = (event: KeyboardEvent) => {
      window.removeEventListener('keydown', listen, true);
      requestAnimationFrame(() => setTimeout(() => done(performance.now() - event.timeStamp)));
    };
    window.addEventListener('keydown', listen, true);
  });

/** Types a text; from each key to the frame that shows it took so long, the shortest first. */
async function type(page: Page, text: string): Promise<number[]> {
  const millis: number[] = [];
  for (const key of text) {
    const painted = page.evaluate(PAINTED);
    await frame(page);
    await page.keyboard.press(key);
    millis.push(await painted);
  }
  return millis.sort((a, b) => a - b);
}

export async function centre(page: Page, selector: string): Promise<Point> {
  const box = await page.locator(selector).first().boundingBox();
  if (!box) throw new Error(`${selector} is not shown`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}
