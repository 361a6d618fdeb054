import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { address, api, at, cookie, etagOf } from './api';
import { OfflineError, ProblemError } from './problem';

type Seen = { method: string; path: string; headers: Headers };
let seen: Seen[] = [];
let answers: Response[] = [];

beforeEach(() => {
  seen = [];
  answers = [];
  vi.stubGlobal('document', { cookie: 'a=1; XSRF-TOKEN=x%2By' });
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    seen.push({ method: init.method ?? 'GET', path, headers: new Headers(init.headers) });
    const answer = answers.shift();
    if (!answer) throw new TypeError('refused');
    return answer;
  });
});
afterEach(() => vi.unstubAllGlobals());

const json = (body: unknown, status = 200, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers });

describe('api', () => {
  it('sends the CSRF token and the tag it last saw', async () => {
    answers = [json({ n: 1 }, 200, { ETag: '"1"' }), json({ n: 2 }, 200, { ETag: '"2"' })];
    await api.get('/api/x/one');
    await api.put('/api/x/one', { n: 2 });
    expect(seen[0]?.headers.get('X-XSRF-TOKEN')).toBeNull();
    expect(seen[1]?.headers.get('X-XSRF-TOKEN')).toBe('x+y');
    expect(seen[1]?.headers.get('If-Match')).toBe('"1"');
    expect(etagOf('/api/x/one')).toBe('"2"');
  });

  it('looks at a thing it only knows from a list before it writes', async () => {
    answers = [json({}, 428), json({}, 200, { ETag: '"5"' }), new Response(null, { status: 204 })];
    await api.remove('/api/y/two');
    expect(seen.map(({ method }) => method)).toEqual(['DELETE', 'GET', 'DELETE']);
    expect(seen[2]?.headers.get('If-Match')).toBe('"5"');
  });

  it('throws every problem the server names', async () => {
    const problems = [
      { code: 'A', message: 'a' },
      { code: 'B', message: 'b' },
    ];
    answers = [json({ code: 'A', detail: 'a', problems }, 422)];
    const error = await api.post('/api/z').catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ProblemError);
    expect((error as ProblemError).problems).toEqual(problems);
  });

  it('survives an answer in HTML, and says when nobody answers', async () => {
    answers = [new Response('<html>', { status: 502 })];
    await expect(api.get('/api/z')).rejects.toMatchObject({ status: 502, code: 'HTTP_502' });
    await expect(api.get('/api/z')).rejects.toBeInstanceOf(OfflineError);
  });
});

describe('addresses', () => {
  it('encodes each part and leaves out what is empty', () => {
    expect(at('projects', 'a/b', '订单')).toBe('/api/projects/a%2Fb/%E8%AE%A2%E5%8D%95');
    expect(address('/api/x', { a: '', b: 0, c: undefined })).toBe('/api/x?b=0');
    expect(cookie('b', 'a=1;  b=2=3')).toBe('2=3');
  });
});
