import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const HERE = import.meta.dirname;
const SOURCES = join(HERE, '..', '..');
type Texts = { [key: string]: string | Texts };

function namesIn(language: string): string[] {
  return readdirSync(join(HERE, language)).filter((name) => name.endsWith('.json'));
}

function read(language: string, name: string): Map<string, string> {
  const flat = new Map<string, string>();
  const walk = (texts: Texts, before: string) => {
    for (const [key, value] of Object.entries(texts)) {
      if (typeof value === 'string') flat.set(before + key, value);
      else walk(value, `${before}${key}.`);
    }
  };
  walk(JSON.parse(readFileSync(join(HERE, language, name), 'utf8')), '');
  return flat;
}

/** Chinese has no plural, so `x_one` and `x_other` of English are `x_other` there. */
const unplural = (key: string) => key.replace(/_(one|other)$/, '');
const keysOf = (texts: Map<string, string>) => [...new Set([...texts.keys()].map(unplural))].sort();
const holes = (text: string) => (text.match(/{{\s*\w+/g) ?? []).map((hole) => hole.slice(2)).sort();

/** A namespace that is chosen, or a text that is asked for in the one chosen last. */
const ASKED = /useTranslation\('([\w-]+)'\)|\bt\(\s*'([\w.:-]+)'/g;

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path) && !path.includes('.test.'))
    .map((path) => join(folder, path));
}

describe('the catalogue', () => {
  it('has the same files in both languages', () => {
    expect(namesIn('en')).toEqual(namesIn('zh-CN'));
  });

  it.each(namesIn('zh-CN'))('says the same things in both languages: %s', (name) => {
    const zh = read('zh-CN', name);
    const en = read('en', name);
    expect(keysOf(en)).toEqual(keysOf(zh));
    for (const [key, text] of en) {
      expect(text.trim(), key).not.toBe('');
      const other = zh.get(key) ?? zh.get(`${unplural(key)}_other`) ?? zh.get(unplural(key)) ?? '';
      expect([...new Set(holes(other))], key).toEqual([...new Set(holes(text))]);
    }
  });

  it('has every text the code asks for', () => {
    const spaces = new Map(
      namesIn('en').map((name) => [name.slice(0, -5), new Set(keysOf(read('en', name)))]),
    );
    const missing: string[] = [];
    for (const path of sources(SOURCES)) {
      const code = readFileSync(path, 'utf8');
      let home = 'common';
      for (const [, chosen, key] of code.matchAll(ASKED)) {
        if (chosen) home = chosen;
        if (!key) continue;
        const [space = '', rest = ''] = key.includes(':') ? key.split(':') : [home, key];
        if (!spaces.get(space)?.has(rest)) missing.push(`${path}: ${space}:${rest}`);
      }
    }
    expect(missing).toEqual([]);
  });
});
