import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { StoredDocument } from '../../../client/types';
import { createEditor, isDirty } from './editorStore';
import { catchUp, saveDraft } from './saveDraft';

type Seen = { method: string; path: string };
let seen: Seen[] = [];
let answers: Response[] = [];

beforeEach(() => {
  seen = [];
  answers = [];
  vi.stubGlobal('document', { cookie: '' });
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    seen.push({ method: init.method ?? 'GET', path });
    return answers.shift() ?? Response.error();
  });
});
afterEach(() => vi.unstubAllGlobals());

const TEXT = 'flow: copy\nsteps:\n  rows: {read: erp.a}\n';

const revision = (number: number, text: string) =>
  ({ name: 'copy', text, layout: null, revision: number }) as unknown as StoredDocument;
const answer = (stored: StoredDocument) => new Response(JSON.stringify(stored));
const opened = () => createEditor('demo', revision(1, TEXT));
const textOf = (store: ReturnType<typeof opened>) => store.getState().history.present.text;

it('asks the server for nothing when nothing is unsaved', async () => {
  expect(await saveDraft(opened().getState())).toBeUndefined();
  expect(seen).toEqual([]);
});

it('saves a text, and where steps were moved to', async () => {
  const store = opened();
  store.getState().move({ rows: { x: 40, y: 80 } });
  answers = [answer(revision(1, TEXT)), answer(revision(2, `${TEXT}# more\n`))];
  await saveDraft(store.getState());
  store.getState().edit((text) => `${text}# more\n`);
  await saveDraft(store.getState());
  await saveDraft(store.getState());
  expect(seen.map(({ path }) => path)).toEqual([
    '/api/projects/demo/flows/copy/layout',
    '/api/projects/demo/flows/copy',
  ]);
});

it('shows a reader what the holder of the lock has saved', async () => {
  const store = opened();
  answers = [answer(revision(2, `${TEXT}# theirs\n`))];
  expect(await catchUp(store)).toBe(true);
  expect(textOf(store)).toBe(`${TEXT}# theirs\n`);
  expect(store.getState().stored.revision).toBe(2);
});

it('takes no draft away for something newer', async () => {
  const store = opened();
  store.getState().edit((text) => `${text}# mine\n`);
  answers = [answer(revision(2, `${TEXT}# theirs\n`))];
  expect(await catchUp(store)).toBe(false);
  expect(textOf(store)).toBe(`${TEXT}# mine\n`);
  // The save is compared with the revision the draft was begun on, and finds the conflict.
  expect(store.getState().stored.revision).toBe(1);
});

it('brings a draft back that gave way to what the server has', () => {
  const store = opened();
  store.getState().edit((text) => `${text}# mine\n`);
  store.getState().giveWay(revision(2, `${TEXT}# theirs\n`));
  expect(textOf(store)).toBe(`${TEXT}# theirs\n`);
  expect(isDirty(store.getState())).toBe(false);
  store.getState().undo();
  expect(textOf(store)).toBe(`${TEXT}# mine\n`);
  expect(isDirty(store.getState())).toBe(true);
  expect(store.getState().stored.revision).toBe(2);
});
