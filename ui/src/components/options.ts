import type { Option } from '../client/types';

export type OptionGroup = 'encryption' | 'time' | 'limits' | 'other';
export type Grouped = { first: Option[]; rest: { group: OptionGroup; options: Option[] }[] };

function groupOf({ name, kind }: Option): OptionGroup {
  if (/^(tls|ssl|ca_|cert)/.test(name)) return 'encryption';
  if (kind === 'duration' || /timeout|interval/.test(name)) return 'time';
  if (/_(max|min|size|rows|bytes)$/.test(name)) return 'limits';
  return 'other';
}

const ORDER: OptionGroup[] = ['other', 'encryption', 'time', 'limits'];

/** What must be typed comes first; what has a default is folded away, by what it is about. */
export function grouped(options: Option[]): Grouped {
  const needed = (option: Option) => option.required || option.secret;
  const rest = options.filter((option) => !needed(option));
  return {
    first: options.filter(needed),
    rest: ORDER.map((group) => ({
      group,
      options: rest.filter((option) => groupOf(option) === group),
    })).filter(({ options: some }) => some.length > 0),
  };
}

const REFERENCE = /^\$\{(secret|env):([^}]+)\}$/;
export type Reference = { from: 'secret' | 'env'; name: string };

/** `${secret:erp.password}` or `${env:ERP_PASSWORD}`, taken apart. */
export function referenceOf(value: string | undefined): Reference | undefined {
  const match = REFERENCE.exec(value ?? '');
  return match ? { from: match[1] as Reference['from'], name: match[2] ?? '' } : undefined;
}

export type Mistake = { key: string; values?: Record<string, string | number> };
const DURATION = /^\d+(ms|s|m|h|d)$/;

/** What is wrong with a value, as a text of the catalogue; the server checks everything again. */
export function mistakeIn(option: Option, value: string | undefined): Mistake | undefined {
  if (value === undefined || value === '') {
    return option.required && !option.fallback
      ? { key: 'option.required', values: { example: option.example ?? '' } }
      : undefined;
  }
  if (referenceOf(value)) return undefined;
  if (option.kind === 'duration' && !DURATION.test(value)) return { key: 'option.duration' };
  if (option.kind !== 'integer') return undefined;
  if (!/^-?\d+$/.test(value)) return { key: 'option.integer' };
  const { min, max } = option;
  // An integer without bounds comes as 0 to 0.
  if (!max || (Number(value) >= (min ?? 0) && Number(value) <= max)) return undefined;
  return { key: 'option.range', values: { min: min ?? 0, max } };
}
