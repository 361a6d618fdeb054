import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ConsentSystem } from './consentSystem';
import { openBrowser, setting, url, Visitor, type Language, type Theme } from './browser';

const PASSWORD = 'a horse of four words';
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const IDLE_MS = 4_000;
const PAGES = [
  '',
  'move',
  'connections',
  'connections/new/http',
  'flows',
  'flows/first',
  'schedules',
  'runs',
  'rejects',
  'alerts',
  'audit',
  'settings',
  'settings?section=calendars',
  'settings?section=providers',
];

let browser: Browser;
let visitor: Visitor;

beforeAll(async () => {
  browser = await openBrowser();
  visitor = await Visitor.open(browser);
});

afterAll(async () => {
  await browser.close();
});

test('the one-time link makes the first administrator', async () => {
  const { page } = visitor;
  await page.goto(setting('MORTISE_SETUP'));
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByLabel('The password again').fill(PASSWORD);
  await page.getByRole('button', { name: 'Make it and log in' }).click();
  await page.getByLabel('Name', { exact: true }).fill('sales');
  await page.getByLabel('Title').fill('Sales');
  await page.getByRole('button', { name: 'Make a project' }).click();
  await page.waitForURL(/\/p\/sales/);
});

test('a connection and a flow are made', async () => {
  const { page } = visitor;
  await visitor.goto('/p/sales/connections/new/sqlite');
  await page.locator('#option-path').fill('a.db');
  await page.getByRole('button', { name: 'Save and publish' }).click();
  await page.waitForURL(/connections\/sqlite$/);
  await visitor.goto('/p/sales/flows');
  await page.getByRole('button', { name: 'Make a flow' }).first().click();
  await page.getByLabel('Name', { exact: true }).fill('first');
  await page.getByRole('button', { name: 'Make and open it' }).click();
  await page.waitForURL(/flows\/first/);
});

test('a connection that gets another name takes its flows along, told before', async () => {
  const { page } = visitor;
  await visitor.goto('/p/sales/connections');
  const saved = await page.evaluate(async () => {
    await fetch('/api/session');
    const csrf = /XSRF-TOKEN=([^;]+)/.exec(document.cookie)?.[1] ?? '';
    const { status } = await fetch('/api/projects/sales/flows/naming', {
      method: 'PUT',
      headers: { 'Content-Type': 'application/json', 'X-XSRF-TOKEN': csrf, 'If-Match': '"0"' },
      body: JSON.stringify({ text: 'flow: naming\nsteps:\n  a: {read: sqlite.t}\n' }),
    });
    return status;
  });
  expect(saved).toBe(200);
  await page.getByRole('button', { name: 'Rename' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Flows that change with it: 1').waitFor();
  await visitor.shot('rename-connection');
  await dialog.getByLabel('New name').fill('store');
  await dialog.getByRole('button', { name: 'Rename' }).click();
  await dialog.waitFor({ state: 'hidden' });
  const text = await page.evaluate(async () =>
    (await fetch('/api/projects/sales/flows/naming')).text(),
  );
  expect(text).toContain('{read: store.t}');
});

test('filters are saved as a view and are a click away', async () => {
  const { page } = visitor;
  await visitor.goto('/p/sales/flows?query=naming');
  await page.getByRole('button', { name: 'Save as a view' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Only that');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  // Kept by the time it is shown; leaving the page earlier would call the request off.
  await page.getByRole('button', { name: 'Only that', exact: true }).waitFor();
  await visitor.goto('/p/sales/flows');
  await page.getByRole('button', { name: 'Only that', exact: true }).click();
  await page.waitForURL(/query=naming/);
  await visitor.shot('saved-view');
});

test('a secret is kept and never shown again', async () => {
  const { page } = visitor;
  await visitor.goto('/p/sales/settings?section=secrets');
  await page.getByRole('button', { name: 'Add a secret' }).first().click();
  await page.getByLabel('Name', { exact: true }).fill('erp.password');
  await page.getByLabel('Value').fill('hush, nobody hears');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('${secret:erp.password}').first().waitFor();
  expect(await page.content()).not.toContain('nobody hears');
});

test('a person consents to a connection on the page of its system', async () => {
  const { page } = visitor;
  const system = await ConsentSystem.start();
  const text = `connection: shop
type: http
base_url: ${system.url}
reach: private
auth:
  kind: oauth2
  grant: authorization_code
  authorize_url: /authorize
  token_url: /token
  client_id: mortise
  client_auth: none
resources:
  orders: {path: /orders, columns: {id: int64}}
`;
  await visitor.goto('/p/sales/connections');
  const saved = await page.evaluate(async (text) => {
    const csrf = /XSRF-TOKEN=([^;]*)/.exec(document.cookie)?.[1] ?? '';
    const headers = {
      'Content-Type': 'application/json',
      'X-XSRF-TOKEN': csrf,
      'If-Match': '"0"',
    };
    const body = JSON.stringify({ text });
    const path = '/api/projects/sales/connections/shop';
    return (await fetch(path, { method: 'PUT', headers, body })).status;
  }, text);
  expect(saved).toBe(200);
  await visitor.goto('/p/sales/connections/shop');
  await page.getByText('Nobody has authorized this connection yet').waitFor();
  await visitor.shot('consent-missing');
  await page.getByRole('button', { name: 'Authorize', exact: true }).click();
  await page.getByText('Authorized by admin.').waitFor();
  await visitor.shot('consent-given');
  expect(page.url()).toBe(`${url()}/p/sales/connections/shop`);
  await page.goBack();
  expect(page.url()).not.toContain('00123');
  system.stop();
});

test('the chain of the audit is whole', async () => {
  const { page } = visitor;
  await visitor.goto('/p/sales/audit');
  await page.getByRole('button', { name: 'Verify the chain' }).click();
  await page.getByText(/Whole:/).waitFor();
});

const LOOKS: [Language, Theme][] = [
  ['zh-CN', 'light'],
  ['zh-CN', 'dark'],
  ['en', 'light'],
  ['en', 'dark'],
];

for (const [language, theme] of LOOKS) {
  test(`every page is readable for all: ${language}, ${theme}`, async () => {
    const other = await Visitor.open(browser, language, theme);
    const { page } = other;
    await other.goto('/login');
    await page.locator('input').nth(0).fill('admin');
    await page.locator('input[type=password]').fill(PASSWORD);
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/p\/sales/);
    await speak(other, language, theme);
    const found: string[] = [];
    for (const path of PAGES) {
      await other.goto(`/p/sales/${path}`);
      await settled(page);
      await page.locator('main').first().waitFor();
      await page
        .locator('.ant-skeleton')
        .first()
        .waitFor({ state: 'hidden' })
        .catch(() => undefined);
      await other.shot(`${path.replace(/[^a-z]+/g, '-') || 'home'}-${language}-${theme}`);
      found.push(...(await barriers(other, path)));
    }
    expect(found).toEqual([]);
    expect(other.failures).toEqual([]);
    await other.close();
  });
}

/** A page that follows runs by a stream is never idle, so the wait is short. */
async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle', { timeout: IDLE_MS }).catch(() => undefined);
}

/** An account speaks the language it was given last. */
async function speak({ page }: Visitor, language: Language, theme: Theme): Promise<void> {
  await settled(page);
  const answers: string[] = [];
  for (let tries = 0; tries < 5; tries++) {
    // Logging in changes the token; it comes with the next answer.
    const answer = await page.evaluate(
      async ([language, theme]) => {
        await fetch('/api/session');
        const csrf = /XSRF-TOKEN=([^;]+)/.exec(document.cookie)?.[1] ?? '';
        const response = await fetch('/api/me', {
          method: 'PATCH',
          headers: { 'Content-Type': 'application/json', 'X-XSRF-TOKEN': csrf },
          body: JSON.stringify({ language, theme }),
        });
        return `${response.status} ${csrf} ${await response.text()}`;
      },
      [language, theme],
    );
    if (answer.startsWith('200')) return;
    answers.push(answer);
    await page.waitForTimeout(300);
  }
  expect(answers, url()).toEqual([]);
}

/** What axe calls serious or critical. */
async function barriers({ page }: Visitor, path: string): Promise<string[]> {
  await page.evaluate(AXE);
  return page.evaluate(async (path) => {
    type Axe = {
      run: (
        options: object,
      ) => Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }>;
    };
    const { violations } = await (window as unknown as { axe: Axe }).axe.run({
      resultTypes: ['violations'],
    });
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(
        ({ id, nodes }) =>
          `/${path}: ${id}: ${nodes
            .slice(0, 3)
            .map((n) => n.html.slice(0, 160))
            .join(' | ')}`,
      );
  }, path);
}
