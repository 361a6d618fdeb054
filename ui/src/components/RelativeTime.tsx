import { useTranslation } from 'react-i18next';
import { TICK_MS, useNow } from './now';
import { exactTime, relativeTime } from './times';

type Props = { at?: string | null | undefined; none?: string };

/** How long ago or until when, with the exact moment in the reader's zone as its tooltip. */
export function RelativeTime({ at, none = '–' }: Props) {
  const { i18n } = useTranslation();
  const now = useNow();
  if (!at) return <span className="soft">{none}</span>;
  return (
    <time dateTime={at} title={exactTime(at, i18n.language)}>
      {relativeTime(at, now, i18n.language, TICK_MS)}
    </time>
  );
}
