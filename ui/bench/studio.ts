import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import type { Evaluation, EvaluationRequest } from '../src/features/mappings/wire';
import { checkOf, largeFlow, runOf, wide, WIDE_FLOW } from './flows';

const PAGES = process.env.BENCH_PAGES ?? join(import.meta.dirname, '..', 'dist', 'studio');
const TYPES: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

const texts: Record<string, string> = { large: largeFlow(), wide: WIDE_FLOW };

/** The built studio over a server that always gives the same answers at once: pages are measured. */
export async function openStudio(): Promise<{ url: string; close: () => void }> {
  const server: Server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://studio').pathname;
    void (path.startsWith('/api/') ? answer(request, path, response) : page(path, response));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function page(path: string, response: ServerResponse) {
  const file = extname(path) ? normalize(path) : '/index.html';
  const body = await readFile(join(PAGES, file)).catch(() => undefined);
  response.writeHead(body ? 200 : 404, { 'Content-Type': TYPES[extname(file)] ?? 'text/plain' });
  response.end(body);
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const piece of request) text += String(piece);
  return text ? JSON.parse(text) : undefined;
}

async function answer(request: IncomingMessage, path: string, response: ServerResponse) {
  if (path.endsWith('/events')) {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    response.write(': nothing happens here\n\n');
    return;
  }
  const found = answerTo(request.method ?? 'GET', path, await bodyOf(request));
  response.writeHead(200, { 'Content-Type': 'application/json', ETag: '"1"' });
  response.end(JSON.stringify(found));
}

const TIME = '2026-11-26T07:00:00.000Z';

const PRINCIPAL = {
  id: '1',
  name: 'admin',
  display_name: 'Admin',
  language: 'en',
  theme: 'light',
};

function answerTo(method: string, path: string, body: unknown): unknown {
  const [kind, name, act] = path.split('/').slice(4).map(decodeURIComponent);
  if (path === '/api/session') {
    const grants = { '*': 'administrator' };
    return { state: 'signed_in', principal: PRINCIPAL, grants, providers: [], version: '1' };
  }
  if (path === '/api/projects') {
    const role = 'administrator';
    return { items: [{ name: 'bench', title: 'Bench', created_at: TIME, role }], next: null };
  }
  if (kind === 'runs' && !name) return { items: [runOf(texts['large']!)] };
  if (kind === 'runs' && name) return runOf(texts['large']!);
  if (kind === 'flows' && act === 'lock') return { holder: 'Admin', holder_id: '1', until: TIME };
  if (kind === 'flows' && method === 'POST') return designed(name ?? '', body);
  if (kind === 'flows' && name) return stored(name);
  return { items: [], next: null };
}

function stored(name: string) {
  const text = texts[name] ?? '';
  const state = 'published';
  return { name, kind: 'flow', text, revision: 1, state, updated_at: TIME, layout: null };
}

function designed(act: string, body: unknown): unknown {
  if (act === 'check') return checkOf((body as { text: string }).text);
  if (act === 'propose') return wide;
  if (act === 'evaluate') return evaluated(body as EvaluationRequest);
  return { columns: [], rows: [], sampled_rows: 0, of: 'sample', partial: false };
}

function evaluated({ expressions }: EvaluationRequest): Evaluation {
  const names = Object.keys(expressions);
  const rows = Array.from({ length: 5 }, (_, i) =>
    Object.fromEntries(names.map((name) => [name, { value: `${name} ${i}`, failed: false }])),
  );
  return { rows, types: Object.fromEntries(names.map((name) => [name, 'text'])), problems: [] };
}
