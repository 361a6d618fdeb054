import {
  ArrowRightOutlined,
  CheckOutlined,
  ExclamationCircleOutlined,
  FunctionOutlined,
  MinusOutlined,
  NumberOutlined,
  StopOutlined,
  WarningOutlined,
} from '@ant-design/icons';
import type { ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import type { Fate, TargetRow } from '../../mapping/state';

const ICONS: Record<Fate, ComponentType> = {
  complete: CheckOutlined,
  kept: ArrowRightOutlined,
  constant: NumberOutlined,
  transformed: FunctionOutlined,
  unsafe: WarningOutlined,
  missing: StopOutlined,
  required: ExclamationCircleOutlined,
  open: MinusOutlined,
};

/** What becomes of a column: an icon of its own shape, and the words for it. */
export function FateMark({
  row,
  failing,
  named,
}: {
  row: TargetRow;
  failing: boolean;
  named?: boolean;
}) {
  const { t } = useTranslation('mapping');
  const fate: Fate = failing && row.fate !== 'missing' ? 'unsafe' : row.fate;
  const Icon = ICONS[fate];
  const words = failing
    ? t('fate.failing')
    : t(`fate.${fate}` as 'fate.complete', { source: row.sources.join(', ') });
  return (
    <span className={`fate ${fate}`} title={words}>
      <Icon aria-hidden />
      <span className={named ? 'fate-words' : 'visually-hidden'}>{words}</span>
    </span>
  );
}
