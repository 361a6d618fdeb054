import { KeyOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { FieldInfo } from '../../client/types';
import { familyOf, isNeeded } from '../../mapping/types';

export function TypeBadge({ type }: { type: string }) {
  if (!type) return null;
  return (
    <code className={`field-type ${familyOf(type)}`} title={type}>
      {type}
    </code>
  );
}

/** Key, required: marks with words for those who do not see them. */
export function FieldMarks({ field, target }: { field: FieldInfo; target?: boolean }) {
  const { t } = useTranslation('mapping');
  const required = target && isNeeded(field);
  return (
    <>
      {field.key && (
        <span className="field-key" title={t('mark.key')}>
          <KeyOutlined aria-hidden />
          <span className="visually-hidden">{t('mark.key')}</span>
        </span>
      )}
      {required && (
        <span className="field-required" title={t('mark.required')}>
          <span aria-hidden>*</span>
          <span className="visually-hidden">{t('mark.required')}</span>
        </span>
      )}
      {!target && field.nullable && (
        <span className="field-nullable" title={t('mark.nullable')}>
          <span aria-hidden>∅</span>
          <span className="visually-hidden">{t('mark.nullable')}</span>
        </span>
      )}
    </>
  );
}

type TextProps = { field: FieldInfo; samples: boolean; value: string | null | undefined };

export function FieldText({ field, samples, value }: TextProps) {
  const { t } = useTranslation('mapping');
  const shown = value === null ? t('sample.null') : (value ?? '');
  return (
    <span className="field-text">
      <span className="field-line">
        <span className="field-name" title={field.name}>
          {field.name}
        </span>
        {field.comment && (
          <span className="field-comment" title={field.comment}>
            {field.comment}
          </span>
        )}
      </span>
      {samples && (
        <span className="field-sample" title={shown}>
          {shown}
        </span>
      )}
    </span>
  );
}
