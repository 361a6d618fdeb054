import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { remap } from '../../mapping/edits';
import { successors } from '../../mapping/likely';
import type { TargetRow } from '../../mapping/state';
import { useModel } from './model';

type Props = { row: TargetRow; all?: boolean };

/** The source column is gone: what it was, and one click to what it probably became. */
export function Successors({ row, all = false }: Props) {
  const { t } = useTranslation('mapping');
  const { facts, uses, act, step, readOnly } = useModel();
  const [old] = row.missing;
  if (old === undefined) return null;
  const found = successors(old, facts.sources, uses, row.proposal);
  return (
    <span className="successors">
      <span className="was" title={t('missing.was', { name: old })}>
        {t('missing.was', { name: old })}
      </span>
      {(all ? found : found.slice(0, 1)).map((source) => (
        <Button
          key={source}
          size="small"
          danger
          disabled={readOnly}
          tabIndex={all ? 0 : -1}
          title={t('missing.remap', { name: source })}
          aria-label={t('missing.remap', { name: source })}
          onClick={(event) => {
            event.stopPropagation();
            act((text) => remap(text, step, row, old, source));
          }}
        >
          {t('missing.to', { name: source })}
        </Button>
      ))}
    </span>
  );
}
