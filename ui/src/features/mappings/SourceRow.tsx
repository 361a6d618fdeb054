import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { FieldInfo } from '../../client/types';
import { FieldMarks, FieldText, TypeBadge } from './marks';

type Props = { field: FieldInfo; samples: boolean; uses: number };

export const SourceRow = memo(function SourceRow({ field, samples, uses }: Props) {
  const { t } = useTranslation('mapping');
  return (
    <>
      <TypeBadge type={field.type} />
      <FieldText field={field} samples={samples} value={field.samples[0]} />
      <FieldMarks field={field} />
      {uses > 1 && (
        <span className="field-uses" title={t('mark.uses', { count: uses })}>
          ×{uses}
        </span>
      )}
      {uses > 0 && <span className="visually-hidden">{t('mark.mapped')}</span>}
      <span className={uses > 0 ? 'port used' : 'port'} aria-hidden />
    </>
  );
});
