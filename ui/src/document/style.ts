import { visit } from 'yaml';
import { keyStart } from './regions';
import { pairsOf, type Parsed } from './parse';
import { column } from './text';
import type { Style } from './write';

/** How a document is written, seen from what it already has. */
export function styleOf(parsed: Parsed): Style {
  const root = parsed.doc.contents;
  let unit: number | undefined;
  let flow = 0;
  let block = 0;
  visit(parsed.doc, {
    Seq(_, seq) {
      if (seq.flow) flow++;
      else block++;
    },
    Map(_, map) {
      if (map.flow) flow++;
      else if (unit === undefined && map !== (root as unknown)) {
        const first = pairsOf(map)[0];
        const at = first ? column(parsed.text, keyStart(first)) : 0;
        if (at > 0 && at <= 8) unit = at;
      }
    },
  });
  return { unit: unit ?? 2, flow: flow > 0 || block === 0 };
}
