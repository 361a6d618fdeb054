import { useTranslation } from 'react-i18next';
import type { RejectGroup } from '../../client/types';
import { count } from '../../components/times';
import './rejects.css';

type Props = { groups: RejectGroup[]; picked: string; onPick: (cause: string) => void };

/** Rejects by their cause, the most frequent first: a thousand rows are often one mistake. */
export function Groups({ groups, picked, onPick }: Props) {
  const { t, i18n } = useTranslation('rejects');
  if (groups.length === 0) return null;
  return (
    <ul className="reject-groups" aria-label={t('by_cause')}>
      {[...groups]
        .sort((a, b) => b.count - a.count)
        .map((group) => (
          <li key={group.cause}>
            <button
              type="button"
              aria-pressed={picked === group.cause}
              onClick={() => onPick(picked === group.cause ? '' : group.cause)}
            >
              <span className="row spread">
                <strong>{t(`problems:${group.code}`, { defaultValue: group.code })}</strong>
                <span className="reject-count">{count(group.count, i18n.language)}</span>
              </span>
              <span className="soft">{[group.step, group.column].filter(Boolean).join(' · ')}</span>
              {group.example && <span>{group.example}</span>}
            </button>
          </li>
        ))}
    </ul>
  );
}
