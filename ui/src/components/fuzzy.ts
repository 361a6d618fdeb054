export type Findable = { label: string; initials?: string; spelled?: string };

/** Letters of the query in order inside the text: the closer together, the better. */
function scattered(text: string, query: string): number {
  let from = 0;
  let gaps = 0;
  for (const letter of query) {
    const found = text.indexOf(letter, from);
    if (found < 0) return 0;
    gaps += found - from;
    from = found + 1;
  }
  return Math.max(1, 30 - gaps);
}

function within(text: string, query: string, best: number): number {
  const found = text.indexOf(query);
  if (found < 0) return 0;
  if (text === query) return best;
  if (found === 0) return best - 5;
  // The start of a word is worth more than its middle.
  return /[\s\-_.:/]/.test(text[found - 1] ?? '') ? best - 10 : best - 20;
}

/**
 * How well a thing answers a query: the whole or a part of its label, the initials or the whole of
 * its pinyin, or letters in order. 0 when it does not.
 */
export function score(thing: Findable, query: string): number {
  const wanted = query.trim().toLowerCase();
  if (!wanted) return 1;
  const label = thing.label.toLowerCase();
  return Math.max(
    within(label, wanted, 100),
    within(thing.initials?.toLowerCase() ?? '', wanted, 80),
    within(thing.spelled?.toLowerCase() ?? '', wanted, 70),
    scattered(label, wanted),
  );
}

export function best<T extends Findable>(things: T[], query: string, max: number): T[] {
  return things
    .map((thing) => ({ thing, value: score(thing, query) }))
    .filter(({ value }) => value > 0)
    .sort((a, b) => b.value - a.value)
    .slice(0, max)
    .map(({ thing }) => thing);
}
