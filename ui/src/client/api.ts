import { OfflineError, ProblemError, problemOf } from './problem';

export type Query = Record<string, string | number | boolean | undefined | null>;
type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
export type Call = {
  body?: unknown;
  query?: Query;
  /** Creates only: refuses when the thing exists. */
  create?: boolean;
  /** The tag to compare with; by default the one last seen for this address. */
  etag?: string;
  signal?: AbortSignal;
};

const TAGS_MAX = 500;
const tags = new Map<string, string>();
let whenSignedOut: () => void = () => {};

/** Called once when a request finds the session gone, so that the studio shows its login. */
export function onSignedOut(act: () => void) {
  whenSignedOut = act;
}

/** The tag last seen for an address; a write sends it as `If-Match`. */
export function etagOf(path: string): string | undefined {
  return tags.get(path);
}

function keepTag(path: string, tag: string | null) {
  if (!tag) return;
  tags.delete(path);
  tags.set(path, tag);
  const oldest = tags.keys().next();
  if (tags.size > TAGS_MAX && !oldest.done) tags.delete(oldest.value);
}

export function cookie(name: string, jar: string): string | undefined {
  for (const pair of jar.split(';')) {
    const [key, ...value] = pair.trim().split('=');
    if (key === name) return decodeURIComponent(value.join('='));
  }
  return undefined;
}

export function address(path: string, query?: Query): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query ?? {})) {
    if (value !== undefined && value !== null && value !== '') search.set(key, String(value));
  }
  const text = search.toString();
  return text ? `${path}?${text}` : path;
}

/** An address made of parts, each of them encoded: names may hold anything. */
export function at(...parts: (string | number)[]): string {
  return `/api/${parts.map((part) => encodeURIComponent(part)).join('/')}`;
}

function headersOf(method: Method, path: string, call: Call): Headers {
  const headers = new Headers({ Accept: 'application/json, application/problem+json' });
  if (document.documentElement?.lang) {
    headers.set('Accept-Language', document.documentElement.lang);
  }
  if (call.body instanceof Blob) headers.set('Content-Type', 'application/zip');
  else if (call.body !== undefined) headers.set('Content-Type', 'application/json');
  if (method === 'GET') return headers;
  const csrf = cookie('XSRF-TOKEN', document.cookie);
  if (csrf) headers.set('X-XSRF-TOKEN', csrf);
  if (call.create) {
    headers.set('If-None-Match', '*');
    // The server compares versions alone: only what is not there has version 0.
    headers.set('If-Match', '"0"');
  }
  const tag = call.etag ?? tags.get(path);
  if (tag && !call.create && (call.etag || method !== 'POST')) headers.set('If-Match', tag);
  return headers;
}

async function answerOf(response: Response): Promise<unknown> {
  const text = await response.text();
  if (!text) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function ask(method: Method, path: string, call: Call): Promise<Response> {
  const init: RequestInit = { method, headers: headersOf(method, path, call) };
  if (call.body instanceof Blob) init.body = call.body;
  else if (call.body !== undefined) init.body = JSON.stringify(call.body);
  if (call.signal) init.signal = call.signal;
  try {
    return await fetch(address(path, call.query), { ...init, credentials: 'same-origin' });
  } catch (error) {
    if (call.signal?.aborted) throw error;
    throw new OfflineError();
  }
}

async function send<T>(method: Method, path: string, call: Call = {}): Promise<T> {
  let response = await ask(method, path, call);
  if (response.status === 428 && !call.etag && !call.create) {
    // The thing was only seen in a list, which carries no tags: look at it first.
    await send('GET', path);
    response = await ask(method, path, call);
  }
  const body = await answerOf(response);
  if (!response.ok) {
    const problem = problemOf(response.status, body);
    // A system behind a connection may refuse a login, too; that ends no session of ours.
    const gone = problem.has('NOT_SIGNED_IN') || problem.has('HTTP_401');
    if (gone && path !== '/api/session') whenSignedOut();
    throw problem;
  }
  keepTag(path, response.headers.get('ETag'));
  return body as T;
}

/** The server's API. Paths are those `at` makes; answers are trusted to have the agreed shape. */
export const api = {
  get: <T>(path: string, call?: Call) => send<T>('GET', path, call),
  post: <T>(path: string, body?: unknown, call?: Call) =>
    send<T>('POST', path, { ...call, body: body ?? {} }),
  put: <T>(path: string, body: unknown, call?: Call) => send<T>('PUT', path, { ...call, body }),
  patch: <T>(path: string, body: unknown, call?: Call) => send<T>('PATCH', path, { ...call, body }),
  remove: (path: string, call?: Call) => send<void>('DELETE', path, call),
};

export { ProblemError };
