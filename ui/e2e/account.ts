import { setting, url, type Visitor } from './browser';

export const PASSWORD = 'a horse of four words';
const FORBIDDEN = 403;
const TRIES_MAX = 5;

/** Signs in as the administrator, whom the one-time link makes when there is none yet. */
export async function enter(visitor: Visitor): Promise<void> {
  const { page } = visitor;
  const session = await page.request.get(`${url()}/api/session`);
  const { state } = (await session.json()) as { state: string };
  if (state === 'setup') {
    await page.goto(setting('MORTISE_SETUP'));
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.getByLabel('The password again').fill(PASSWORD);
    await page.getByRole('button', { name: 'Make it and log in' }).click();
  } else {
    await visitor.goto('/login');
    await page.locator('input').nth(0).fill('admin');
    await page.locator('input[type=password]').fill(PASSWORD);
    await page.keyboard.press('Enter');
  }
  await page.waitForURL((now) => !/setup|login/.test(now.pathname));
}

/** Calls the API as the person who is signed in, for what stands outside of a journey. */
export async function call(
  { context, page }: Visitor,
  method: string,
  path: string,
  body: unknown,
): Promise<void> {
  const once = async () => {
    await page.request.get(`${url()}/api/session`);
    const token = (await context.cookies()).find(({ name }) => name === 'XSRF-TOKEN')?.value ?? '';
    return page.request.fetch(`${url()}/api/${path}`, {
      method,
      // A document that is put is a new one here.
      headers: {
        'X-XSRF-TOKEN': decodeURIComponent(token),
        ...(method === 'PUT' ? { 'If-Match': '"0"' } : {}),
      },
      data: body,
    });
  };
  let answer = await once();
  // Logging in changes the token; it comes with the next answer, and the page asks at the same time.
  for (let tries = 1; answer.status() === FORBIDDEN && tries < TRIES_MAX; tries++) {
    await page.waitForTimeout(300);
    answer = await once();
  }
  if (!answer.ok()) throw new Error(`${method} ${path}: ${answer.status()} ${await answer.text()}`);
}
