export type ServerEvent = { id: string | undefined; event: string; data: string };

/** A field of the event stream format: `name: value`, one space after the colon is not part of it. */
function field(line: string): [string, string] {
  const colon = line.indexOf(':');
  if (colon < 0) return [line, ''];
  const value = line.slice(colon + 1);
  return [line.slice(0, colon), value.startsWith(' ') ? value.slice(1) : value];
}

/** Cuts an event stream into events, whatever the pieces are in which it arrives. */
export class EventReader {
  private rest = '';
  private id: string | undefined;
  private event = '';
  private data: string[] = [];

  read(piece: string): ServerEvent[] {
    const text = this.rest + piece;
    // A lone CR at the end may be half of a CRLF: wait for what follows.
    const whole = text.endsWith('\r') ? text.slice(0, -1) : text;
    const lines = whole.split(/\r\n|\n|\r/);
    this.rest = (lines.pop() ?? '') + text.slice(whole.length);
    return lines.flatMap((line) => this.line(line));
  }

  private line(line: string): ServerEvent[] {
    if (line === '') return this.dispatch();
    if (line.startsWith(':')) return [];
    const [name, value] = field(line);
    if (name === 'data') this.data.push(value);
    else if (name === 'event') this.event = value;
    else if (name === 'id') this.id = value;
    return [];
  }

  private dispatch(): ServerEvent[] {
    const { data, event } = this;
    this.data = [];
    this.event = '';
    if (data.length === 0) return [];
    return [{ id: this.id, event: event || 'message', data: data.join('\n') }];
  }
}
