import cronstrue from 'cronstrue';
import 'cronstrue/locales/zh_CN';
import type { Bilingual } from '../../client/types';

/** When a schedule fires, in words: the server's where it gives them, else read from the cron text. */
export function wordsOf(
  cron: string | null | undefined,
  words: Bilingual | null | undefined,
  language: string,
): string {
  const said = language === 'en' ? words?.en : words?.zh;
  if (said) return said;
  if (!cron) return '';
  try {
    return cronstrue.toString(cron, {
      locale: language === 'en' ? 'en' : 'zh_CN',
      use24HourTimeFormat: true,
    });
  } catch {
    return cron;
  }
}
