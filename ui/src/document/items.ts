import { isMap, isSeq, type YAMLSeq } from 'yaml';
import { insertInFlow, insertLines, removeInFlow, removeLines } from './entries';
import { itemsOf, nodeAt, type Parsed, type Path, type Value } from './parse';
import { EditRefused } from './refused';
import { dashOf, itemEnd, linesOf, type Region } from './regions';
import { styleOf } from './style';
import { column } from './text';
import { inFlow, itemLines } from './write';

/** Edits of the items of one list. */

function seqAt(parsed: Parsed, path: Path): YAMLSeq {
  const seq = nodeAt(parsed, path);
  if (!isSeq(seq)) throw new EditRefused('not_found', { what: path.join('.') });
  return seq;
}

function regionsOf(seq: YAMLSeq, text: string): Region[] {
  return itemsOf(seq).map((item, i) =>
    seq.flow
      ? { from: item?.range?.[0] ?? 0, to: itemEnd(seq, i, text) }
      : linesOf(text, dashOf(seq, i), itemEnd(seq, i, text)),
  );
}

export function insertItem(parsed: Parsed, path: Path, index: number, value: Value): string {
  const seq = seqAt(parsed, path);
  const regions = regionsOf(seq, parsed.text);
  if (seq.flow) {
    return insertInFlow(parsed.text, seq.range?.[0] ?? 0, regions, index, inFlow(value));
  }
  if (regions.length === 0) throw new EditRefused('no_place', { what: path.join('.') });
  const style = styleOf(parsed);
  const tall = itemsOf(seq).some((item) => isMap(item) && !item.flow);
  const indent = column(parsed.text, dashOf(seq, 0));
  const lines = itemLines(value, indent, { ...style, flow: style.flow && !tall });
  return insertLines(parsed.text, regions, index, lines, false);
}

export function removeItem(parsed: Parsed, path: Path, index: number): string {
  const seq = seqAt(parsed, path);
  const regions = regionsOf(seq, parsed.text);
  if (!regions[index]) throw new EditRefused('not_found', { what: String(index) });
  return seq.flow
    ? removeInFlow(parsed.text, regions, index)
    : removeLines(parsed.text, regions, index, '');
}
