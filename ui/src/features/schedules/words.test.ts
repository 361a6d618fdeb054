import { expect, it } from 'vitest';
import { wordsOf } from './words';

it('says a cron text in both languages, and the text itself where it cannot be read', () => {
  expect(wordsOf('0 2 * * 1-5', null, 'en')).toBe('At 02:00, Monday through Friday');
  expect(wordsOf('0 2 * * 1-5', null, 'zh-CN')).toContain('02:00');
  expect(wordsOf('rubbish', null, 'en')).toBe('rubbish');
  expect(wordsOf('0 2 * * *', { zh: '每天', en: 'daily' }, 'zh-CN')).toBe('每天');
  expect(wordsOf(null, null, 'en')).toBe('');
});
