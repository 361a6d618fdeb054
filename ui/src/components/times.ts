const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['second', 60],
  ['minute', 60],
  ['hour', 24],
  ['day', 30],
  ['month', 12],
  ['year', Number.POSITIVE_INFINITY],
];

/** @param behind milliseconds the clock may be behind: what lies ahead of it by less is now */
export function relativeTime(at: string, now: number, language: string, behind = 0): string {
  let value = (Date.parse(at) - now) / 1000;
  if (value > 0 && value * 1000 < behind) value = 0;
  if (Number.isNaN(value)) return at;
  const words = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  for (const [unit, size] of STEPS) {
    if (Math.abs(Math.round(value)) < size) return words.format(Math.round(value), unit);
    value /= size;
  }
  return at;
}

/** Made once for each language: making one takes a millisecond, and lists show hundreds of times. */
const exact = new Map<string, Intl.DateTimeFormat>();

export function exactTime(at: string, language: string): string {
  const moment = new Date(at);
  if (Number.isNaN(moment.getTime())) return at;
  let words = exact.get(language);
  if (!words) {
    words = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium' });
    exact.set(language, words);
  }
  return words.format(moment);
}

/** A time as a log shows it: hours to milliseconds, in the reader's zone. */
export function clockTime(at: string): string {
  const moment = new Date(at);
  if (Number.isNaN(moment.getTime())) return at;
  const two = (value: number) => String(value).padStart(2, '0');
  const clock = [moment.getHours(), moment.getMinutes(), moment.getSeconds()].map(two).join(':');
  return `${clock}.${String(moment.getMilliseconds()).padStart(3, '0')}`;
}

const UNITS = {
  en: { s: ' s', min: ' min', h: ' h' },
  zh: { s: ' 秒', min: ' 分', h: ' 小时' },
};

/** The language of the page; none outside a browser. */
const spoken = () => globalThis.document?.documentElement.lang ?? 'en';

/** Seconds in the two largest units that matter: `0.42 s`, `12 s`, `3 min 5 s`, `2 h 10 min`. */
export function seconds(value: number | null | undefined, language = spoken()): string {
  if (value === null || value === undefined) return '–';
  const { s, min, h } = language.startsWith('zh') ? UNITS.zh : UNITS.en;
  if (value < 1) return `${value.toFixed(2)}${s}`;
  if (value < 10) return `${value.toFixed(1)}${s}`;
  const whole = Math.round(value);
  if (whole < 60) return `${whole}${s}`;
  if (whole < 3600) return `${Math.floor(whole / 60)}${min} ${whole % 60}${s}`;
  const minutes = Math.round(value / 60);
  return `${Math.floor(minutes / 60)}${h} ${minutes % 60}${min}`;
}

export function count(value: number | null | undefined, language: string): string {
  if (value === null || value === undefined) return '–';
  return new Intl.NumberFormat(language).format(value);
}

/** Bytes in the unit a person would say, binary. */
export function bytes(value: number | null | undefined): string {
  if (value === null || value === undefined) return '–';
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let size = value;
  let unit = 0;
  while (size >= 1024 && unit < units.length - 1) {
    size /= 1024;
    unit += 1;
  }
  return `${unit === 0 ? size : size.toFixed(1)} ${units[unit]}`;
}

const COMPACT_FROM = 10_000_000;

/** A large count as one would say it, `18.2M` or `1823万`; small ones in full. */
export function shortCount(value: number, language: string): string {
  if (value < COMPACT_FROM) return count(value, language);
  return new Intl.NumberFormat(language, { notation: 'compact', maximumFractionDigits: 1 }).format(
    value,
  );
}
