import type { CDPSession, Page } from 'playwright-core';

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

  /** Measures one gesture; with `BENCH_PROFILE` it also says in which functions the time went. */
  async of(gesture: string, act: () => Promise<void>): Promise<Cost> {
    const profiled = process.env.BENCH_PROFILE === gesture;
    if (profiled) await this.beginProfile();
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
    if (profiled) await this.printProfile();
    return cost;
  }

  private async beginProfile() {
    await this.cdp.send('Profiler.enable');
    await this.cdp.send('Profiler.setSamplingInterval', { interval: 200 });
    await this.cdp.send('Profiler.start');
  }

  private async printProfile() {
    const { profile } = await this.cdp.send('Profiler.stop');
    const names = new Map(
      profile.nodes.map(({ id, callFrame }) => [
        id,
        `${callFrame.functionName || '(anonymous)'} ${callFrame.url.split('/').at(-1)}:${callFrame.lineNumber}:${callFrame.columnNumber}`,
      ]),
    );
    const spent = new Map<string, number>();
    profile.samples?.forEach((id, i) => {
      const name = names.get(id) ?? '?';
      spent.set(name, (spent.get(name) ?? 0) + (profile.timeDeltas?.[i] ?? 0) / 1000);
    });
    const most = [...spent].sort((a, b) => b[1] - a[1]).slice(0, 30);
    console.log(most.map(([name, millis]) => `${millis.toFixed(0)} ms ${name}`).join('\n'));
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

/** How long from a key to the frame that shows it, for each of some keys. */
export async function typing(page: Page, text: string): Promise<number[]> {
  const millis: number[] = [];
  for (const key of text) {
    const painted = page.evaluate(
      () =>
        new Promise<number>((done) => {
          const listen = (event: KeyboardEvent) => {
            window.removeEventListener('keydown', listen, true);
            requestAnimationFrame(() =>
              setTimeout(() => done(performance.now() - event.timeStamp)),
            );
          };
          window.addEventListener('keydown', listen, true);
        }),
    );
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
