import type { Browser, Page } from 'playwright-core';
import { openBrowser } from '../e2e/browser';
import { Gauge } from './gauge';
import { openStudio } from './studio';

/** 30 frames a second, in whole frames of 60, on two slow cores without a graphics card. */
export const FRAME_MAX_MS = 34;
export const KEY_MAX_MS = 50;

/** A page of the studio with one of its large flows open, and what measures it. */
export class Stage {
  private constructor(
    readonly page: Page,
    readonly gauge: Gauge,
    private readonly browser: Browser,
    private readonly studio: Awaited<ReturnType<typeof openStudio>>,
  ) {}

  /** @param ready waits until what is measured is there and at rest */
  static async of(flow: string, ready: (page: Page) => Promise<void>): Promise<Stage> {
    const studio = await openStudio();
    const browser = await openBrowser();
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(`${studio.url}/p/bench/flows/${flow}`);
    await ready(page);
    return new Stage(page, await Gauge.on(page), browser, studio);
  }

  async close(): Promise<void> {
    console.log(`${this.gauge}`);
    await this.browser.close();
    this.studio.close();
  }
}
