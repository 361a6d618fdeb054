import {
  autocompletion,
  snippetCompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
} from '@codemirror/autocomplete';
import type { FieldInfo } from '../../client/types';
import { sqlName } from '../../document/sqlTables';

/** Functions that mappings need most, with their arguments to fill in. */
const FUNCTIONS = [
  'abs(${value})',
  'case ${column} when ${value} then ${result} else ${other} end',
  'cast(${column} as ${type})',
  'ceil(${value})',
  'coalesce(${column}, ${fallback})',
  "concat_ws('${separator}', ${first}, ${second})",
  'current_date',
  'current_timestamp',
  "date_diff('${day}', ${start}, ${end})",
  "date_trunc('${month}', ${column})",
  'extract(${year} from ${column})',
  'floor(${value})',
  'greatest(${first}, ${second})',
  'least(${first}, ${second})',
  'left(${text}, ${count})',
  'length(${text})',
  "lpad(${text}, ${count}, '${0}')",
  'lower(${text})',
  'md5(${text})',
  "nullif(${column}, '${value}')",
  "regexp_extract(${text}, '${pattern}')",
  "regexp_replace(${text}, '${pattern}', '${replacement}', 'g')",
  "replace(${text}, '${old}', '${new}')",
  'right(${text}, ${count})',
  'round(${value}, ${digits})',
  'sha256(${text})',
  "split_part(${text}, '${separator}', ${1})",
  "strftime(${time}, '${%Y-%m-%d}')",
  "strptime(${text}, '${%Y-%m-%d}')",
  'substr(${text}, ${start}, ${count})',
  'trim(${text})',
  'try_cast(${column} as ${type})',
  'upper(${text})',
].map((template): Completion => {
  const label = /^\w+/.exec(template)?.[0] ?? template;
  const detail = template.slice(label.length).replace(/\$\{(.*?)\}/g, '$1');
  return snippetCompletion(template, { label, detail, type: 'function' });
});

/** Columns of the source first, with type and comment, then functions. */
export function completions(sources: readonly FieldInfo[]) {
  const columns = sources.map(({ name, type, comment }): Completion => {
    const detail = [type, comment].filter(Boolean).join(' · ');
    return { label: name, apply: sqlName(name), detail, type: 'property', boost: 10 };
  });
  const options = [...columns, ...FUNCTIONS];
  const source = (context: CompletionContext): CompletionResult | null => {
    const word = context.matchBefore(/[\p{L}\p{Nd}_]+/u);
    if (!word && !context.explicit) return null;
    return { from: word?.from ?? context.pos, options, validFor: /^[\p{L}\p{Nd}_]*$/u };
  };
  return autocompletion({ override: [source], icons: false });
}
