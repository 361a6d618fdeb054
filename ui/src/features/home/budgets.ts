/** The ways a vendor's limit is put, with what stands in it. */
const SHAPES = {
  full: /^(?<max>\d+) per full (?<window>\S+)$/,
  moving: /^(?<max>\d+) per (?<window>\S+)$/,
  day: /^(?<max>\d+) a day in (?<zone>\S+)$/,
  month: /^(?<max>\d+) a month in (?<zone>\S+)$/,
} as const;

export type Budget = { shape: keyof typeof SHAPES; values: Record<string, string> };

/** Takes apart what a limit is called, to say it in the reader's language; undefined when it is else. */
export function budgetOf(label: string): Budget | undefined {
  for (const [shape, pattern] of Object.entries(SHAPES)) {
    const found = pattern.exec(label)?.groups;
    if (found) return { shape: shape as Budget['shape'], values: { ...found } };
  }
  return undefined;
}
