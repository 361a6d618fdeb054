import { expect, it } from 'vitest';
import { bytes, count, relativeTime, seconds } from './times';

const NOW = Date.parse('2026-11-26T08:00:00Z');

it.each([
  ['2026-11-26T07:59:58Z', '2 seconds ago', '2秒钟前'],
  ['2026-11-26T07:00:20Z', '1 hour ago', '1小时前'],
  ['2026-11-26T10:00:00Z', 'in 2 hours', '2小时后'],
  ['2026-11-24T08:00:00Z', '2 days ago', '前天'],
  ['not a time', 'not a time', 'not a time'],
])('tells %s from now', (at, en, zh) => {
  expect(relativeTime(at, NOW, 'en')).toBe(en);
  expect(relativeTime(at, NOW, 'zh-CN')).toBe(zh);
});

it('takes what lies ahead of a slow clock for now', () => {
  expect(relativeTime('2026-11-26T08:00:04Z', NOW, 'en', 15_000)).toBe('now');
  expect(relativeTime('2026-11-26T08:00:04Z', NOW, 'en')).toBe('in 4 seconds');
  expect(relativeTime('2026-11-26T08:01:00Z', NOW, 'en', 15_000)).toBe('in 1 minute');
});

it('says lengths, sizes and counts as a person would', () => {
  expect([0.417, 3.25, 12.4, 185, 7800].map((value) => seconds(value, 'en'))).toEqual([
    '0.42 s',
    '3.3 s',
    '12 s',
    '3 min 5 s',
    '2 h 10 min',
  ]);
  expect([59.6, 3599.7].map((value) => seconds(value, 'zh-CN'))).toEqual([
    '1 分 0 秒',
    '1 小时 0 分',
  ]);
  expect([12, 2048, 5_452_595].map(bytes)).toEqual(['12 B', '2.0 KiB', '5.2 MiB']);
  expect(count(1234567, 'en')).toBe('1,234,567');
  expect(count(null, 'en')).toBe('–');
});
