import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { call, enter } from './account';
import { openBrowser, Visitor } from './browser';

let browser: Browser;
let visitor: Visitor;

beforeAll(async () => {
  browser = await openBrowser();
  visitor = await Visitor.open(browser);
  await enter(visitor);
  await call(visitor, 'POST', 'projects', { name: 'objects' });
});

afterAll(async () => {
  await browser.close();
});

async function choose(id: string, word: string) {
  const { page } = visitor;
  await page.locator(`[id="option-${id}"]`).click();
  await page.keyboard.type(word);
  await page.keyboard.press('Enter');
}

const fill = (id: string, text: string) => visitor.page.locator(`[id="option-${id}"]`).fill(text);

/** What the editor shows; its lines, for long ones are folded by it. */
const shown = async () => (await visitor.page.locator('.cm-content').innerText()).trim();

test('how an API is signed in to and signed is chosen and filled in, its secrets in the vault', async () => {
  const { page } = visitor;
  await visitor.goto('/p/objects/connections/new/http');
  await fill('base_url', 'https://api.example.com');
  await choose('auth.kind', 'basic');
  await fill('auth.user', 'app');
  await fill('auth.password', 'cAnArY-basic');
  expect(await shown()).toContain("password: '${secret:http.auth.password}'");
  // Another kind takes its own words only; what waited for the vault is forgotten with its field.
  await choose('auth.kind', 'bearer');
  await fill('auth.token', 'cAnArY-token');
  expect(await shown()).not.toContain('password');
  await choose('sign.recipe', 'leqi');
  await fill('sign.sm4_key', 'cAnArY-sm4');
  expect(await shown()).not.toContain('cAnArY');
  await page.getByRole('button', { name: 'Save as draft' }).click();
  await page.waitForURL(/connections\/http$/);
  const answer = async (path: string) =>
    (await page.request.get(new URL(`/api/projects/objects/${path}`, page.url()).href)).json();
  const saved = (await answer('connections/http')) as { text: string };
  expect(saved.text).toBe(
    [
      'connection: http',
      'type: http',
      'base_url: https://api.example.com',
      "auth: {kind: bearer, token: '${secret:http.auth.token}'}",
      "sign: {recipe: leqi, sm4_key: '${secret:http.sign.sm4_key}'}",
      '',
    ].join('\n'),
  );
  const secrets = (await answer('secrets')) as { items: { name: string }[] };
  expect(secrets.items.map(({ name }) => name)).toEqual(['http.auth.token', 'http.sign.sm4_key']);
  expect(visitor.failures).toEqual([]);
});
