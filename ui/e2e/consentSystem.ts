import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A small OAuth 2 server of another site, whose page consents at once, and an API behind it. */
export class ConsentSystem {
  private challenge = '';

  private constructor(private readonly server: Server) {}

  static async start(): Promise<ConsentSystem> {
    const server = createServer();
    const system = new ConsentSystem(server);
    server.on('request', (request, response) => {
      const address = new URL(request.url ?? '/', 'http://localhost');
      if (address.pathname === '/authorize') {
        system.challenge = address.searchParams.get('code_challenge') ?? '';
        const back = new URL(address.searchParams.get('redirect_uri') ?? '');
        back.searchParams.set('code', '00123');
        back.searchParams.set('state', address.searchParams.get('state') ?? '');
        response.writeHead(302, { Location: back.href }).end();
        return;
      }
      let body = '';
      request.on('data', (part: Buffer) => (body += part.toString()));
      request.on('end', () => {
        const right = address.pathname === '/token' && system.trades(new URLSearchParams(body));
        response.writeHead(right ? 200 : 400, { 'Content-Type': 'application/json' });
        response.end(right ? '{"access_token":"a","refresh_token":"r","expires_in":3600}' : '{}');
      });
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    return system;
  }

  private trades(form: URLSearchParams): boolean {
    const made = createHash('sha256').update(form.get('code_verifier') ?? '');
    return form.get('code') === '00123' && made.digest('base64url') === this.challenge;
  }

  /** By name: the studio is at 127.0.0.1, so that the way back comes from another site. */
  get url(): string {
    return `http://localhost:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}
