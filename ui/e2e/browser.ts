import { mkdirSync } from 'node:fs';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';

/** Where the server under test is, and the systems it may speak to; set by whoever started them. */
export const setting = (name: string): string => {
  const value = process.env[name];
  if (value === undefined) {
    throw new Error(
      `environment variable ${name} is not set; the journeys are started by the tests of module cli`,
    );
  }
  return value;
};

export const url = (): string => setting('MORTISE_URL');

/** Builds run beside the journeys on small machines; what takes longer than this is broken. */
const WAIT_MS = 60_000;

export type Language = 'zh-CN' | 'en';
export type Theme = 'light' | 'dark';

export async function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--force-color-profile=srgb'],
  });
}

/** A page of its own for one person; what goes wrong in it fails the journey. */
export class Visitor {
  readonly failures: string[] = [];
  clicks = 0;

  private constructor(
    readonly context: BrowserContext,
    readonly page: Page,
  ) {}

  static async open(browser: Browser, language: Language = 'en', theme: Theme = 'light') {
    const context = await browser.newContext({
      locale: language,
      colorScheme: theme,
      viewport: { width: 1440, height: 900 },
    });
    context.setDefaultTimeout(WAIT_MS);
    const page = await context.newPage();
    const visitor = new Visitor(context, page);
    page.on('pageerror', (error) => visitor.failures.push(`page error: ${error.message}`));
    page.on('console', (message) => {
      if (message.type() === 'error' && !message.text().includes('401')) {
        visitor.failures.push(`console: ${message.text()} ${message.location().url}`);
      }
    });
    page.on('request', (request) => {
      if (
        !request.url().startsWith(url()) &&
        !request.url().startsWith('blob:') &&
        !request.url().startsWith('data:')
      ) {
        visitor.failures.push(`asked another host: ${request.url()}`);
      }
    });
    return visitor;
  }

  async goto(path: string): Promise<void> {
    await this.page.goto(url() + path);
  }

  /** Clicks and counts it, as a newcomer's patience does. */
  async click(role: Parameters<Page['getByRole']>[0], name: string | RegExp): Promise<void> {
    this.clicks += 1;
    await this.page.getByRole(role, { name }).first().click();
  }

  async shot(name: string): Promise<void> {
    const folder = process.env.SCREENSHOTS ?? 'screenshots';
    mkdirSync(folder, { recursive: true });
    await this.page.screenshot({ path: `${folder}/${name}.png` });
  }

  async close(): Promise<void> {
    await this.context.close();
  }
}
