import type { LogLine } from '../../client/types';

const LEVELS = ['DEBUG', 'INFO', 'WARN', 'ERROR'];

type Wanted = { query: string; level: string | undefined };

/** The lines a filter lets through: those of its level and above that hold its words. */
export function matching(lines: LogLine[], { query, level }: Wanted): LogLine[] {
  const least = level ? LEVELS.indexOf(level) : 0;
  const words = query.toLowerCase();
  return lines.filter(
    (line) =>
      LEVELS.indexOf(line.level.toUpperCase()) >= least && line.text.toLowerCase().includes(words),
  );
}

const same = (one: LogLine, other: LogLine) => one.at === other.at && one.text === other.text;

/** What was fetched and what came live, where the two overlap only once. */
export function merged(fetched: LogLine[], live: LogLine[]): LogLine[] {
  const last = fetched.at(-1);
  if (!last) return live;
  const seen = live.findLastIndex((line) => same(line, last));
  const fresh = seen >= 0 ? live.slice(seen + 1) : live.filter((line) => line.at > last.at);
  return [...fetched, ...fresh];
}

export function asText(lines: LogLine[]): string {
  const words = ({ at, level, step, text }: LogLine) =>
    [at, level.toUpperCase(), ...(step ? [`step=${step}`] : []), text].join(' ');
  return lines.map((line) => `${words(line)}\n`).join('');
}
