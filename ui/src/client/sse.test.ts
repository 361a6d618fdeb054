import { describe, expect, it } from 'vitest';
import { EventReader } from './sse';

const STREAM =
  ': hello\r\nid: 7\r\nevent: state\r\ndata: {"a":1}\r\n\r\ndata: one\ndata: two\n\nid: 9\n\n';

describe('EventReader', () => {
  it('reads events whatever the pieces are', () => {
    for (let size = 1; size <= STREAM.length; size++) {
      const reader = new EventReader();
      const events = [];
      for (let from = 0; from < STREAM.length; from += size) {
        events.push(...reader.read(STREAM.slice(from, from + size)));
      }
      expect(events).toEqual([
        { id: '7', event: 'state', data: '{"a":1}' },
        { id: '7', event: 'message', data: 'one\ntwo' },
      ]);
    }
  });

  it('keeps colons in the data and one space less in front', () => {
    expect(new EventReader().read('data:  a: b\n\n')).toEqual([
      { id: undefined, event: 'message', data: ' a: b' },
    ]);
  });
});
