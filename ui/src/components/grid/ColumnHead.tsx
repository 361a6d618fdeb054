import { useTranslation } from 'react-i18next';
import type { ColumnProfile } from '../../client/types';
import { count } from '../times';

type Props = { column: { name: string; type: string }; profile: ColumnProfile | undefined };

/** A column's name and type, and what the sampled rows say about its values. */
export function ColumnHead({ column, profile }: Props) {
  const { t, i18n } = useTranslation('common');
  return (
    <>
      <div className="grid-name" title={column.name}>
        {column.name}
      </div>
      <code className="soft">{column.type}</code>
      {profile && (
        <dl className="grid-profile">
          <div>
            <dt>{t('grid.nulls')}</dt>
            <dd>{`${Number(profile.null_percent.toFixed(1))}%`}</dd>
            <dt>{t('grid.distinct')}</dt>
            <dd>{count(profile.distinct, i18n.language)}</dd>
          </div>
          <div title={`${profile.min ?? ''} … ${profile.max ?? ''}`}>
            <dt>{t('grid.range')}</dt>
            <dd>{profile.min === null ? '–' : `${profile.min} … ${profile.max}`}</dd>
          </div>
        </dl>
      )}
    </>
  );
}
