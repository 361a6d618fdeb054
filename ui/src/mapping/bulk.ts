import { isMap, isScalar, type YAMLMap } from 'yaml';
import { insertLines } from '../document/entries';
import { guarded, reads } from '../document/guard';
import {
  keyOf,
  nodeAt,
  pairsOf,
  parseToEdit,
  type Entries,
  type Parsed,
  type YamlPair,
} from '../document/parse';
import { isExplicit, keyStart, pairRegion } from '../document/regions';
import { quotingOf, writeScalar } from '../document/scalar';
import { needStep, removeMapEntry, setMapEntry, setSetting } from '../document/steps';
import { styleOf } from '../document/style';
import { column, lineStart, splice, type Splice } from '../document/text';
import { pairLines } from '../document/write';

/**
 * Many entries of a `map` changed in one go: entry by entry, each edit reads the whole text again,
 * which takes seconds for hundreds of columns. What has an unusual look still goes that long way.
 */

const pathOf = (step: string) => ['steps', step, 'map'];

function entriesOf(text: string, step: string): Entries {
  const map = needStep(text, step).settings.get('map');
  return map instanceof Map ? map : new Map();
}

export function setAll(text: string, step: string, wanted: ReadonlyMap<string, string>): string {
  const old = entriesOf(text, step);
  const changed = new Map(
    [...wanted].filter(([name, sql]) => old.has(name) && old.get(name) !== sql),
  );
  const added = new Map([...wanted].filter(([name]) => !old.has(name)));
  const now = addAll(changeAll(text, step, changed), step, added);
  return reads(guarded(text, now, [step]), pathOf(step), new Map([...old, ...wanted]));
}

function changeAll(text: string, step: string, changed: ReadonlyMap<string, string>): string {
  if (changed.size === 0) return text;
  const map = nodeAt(parseToEdit(text), pathOf(step));
  if (!isMap(map)) return text;
  const late = new Map(changed);
  const cuts: Splice[] = [];
  for (const pair of pairsOf(map)) {
    const cut = cutOf(text, map, pair, changed.get(keyOf(pair)));
    if (cut && late.delete(keyOf(pair))) cuts.push(cut);
  }
  let now = splice(text, ...cuts);
  for (const [name, sql] of late) now = setMapEntry(now, step, 'map', name, sql);
  return now;
}

/** The change of a value that stands in one line; undefined where it is written in another way. */
function cutOf(text: string, map: YAMLMap, pair: YamlPair, sql?: string): Splice | undefined {
  const { value } = pair;
  if (sql === undefined || sql.includes('\n') || !isScalar(value) || !value.range) return undefined;
  const [from, to] = value.range;
  const old = text.slice(from, to);
  if (old === '' || /[\n|>&*!]/.test(old.slice(0, 1)) || old.includes('\n')) return undefined;
  if (value.anchor || value.tag) return undefined;
  return { from, to, insert: writeScalar(sql, map.flow ? 'flow' : 'block', quotingOf(value)) };
}

function addAll(text: string, step: string, added: ReadonlyMap<string, string>): string {
  if (added.size === 0) return text;
  const parsed = parseToEdit(text);
  const map = nodeAt(parsed, pathOf(step));
  const [first] = isMap(map) && !map.flow ? pairsOf(map) : [];
  if (!isMap(map) || !first || pairsOf(map).some(isExplicit)) {
    return setSetting(text, step, ['map'], new Map([...entriesOf(text, step), ...added]));
  }
  const indent = column(text, keyStart(first));
  const style = styleOf(parsed);
  const lines = [...added].flatMap(([name, sql]) => pairLines(name, sql, indent, style));
  const regions = pairsOf(map).map((pair) => pairRegion(map, pair, text));
  return insertLines(text, regions, regions.length, lines, false);
}

export function clearAll(text: string, step: string, names: readonly string[]): string {
  const old = entriesOf(text, step);
  const gone = new Set(names.filter((name) => old.has(name)));
  if (gone.size === 0) return text;
  const rest: Entries = new Map([...old].filter(([name]) => !gone.has(name)));
  if (rest.size === 0) return setSetting(text, step, ['map'], rest);
  const now = linesGone(parseToEdit(text), step, gone) ?? oneByOne(text, step, gone);
  return reads(guarded(text, now, [step]), pathOf(step), rest);
}

function oneByOne(text: string, step: string, gone: ReadonlySet<string>): string {
  return [...gone].reduce((now, name) => removeMapEntry(now, step, 'map', name), text);
}

function linesGone(parsed: Parsed, step: string, gone: ReadonlySet<string>): string | undefined {
  const { text } = parsed;
  const map = nodeAt(parsed, pathOf(step));
  if (!isMap(map) || map.flow || gone.size === 1) return undefined;
  const regions = pairsOf(map)
    .filter((pair) => gone.has(keyOf(pair)))
    .map((pair) => pairRegion(map, pair, text));
  const whole = regions.every(({ from, to }) => {
    return from === lineStart(text, from) && text[to - 1] === '\n';
  });
  return whole ? splice(text, ...regions.map((region) => ({ ...region, insert: '' }))) : undefined;
}
