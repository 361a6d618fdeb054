import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { isOpen, type TargetRow as Row } from '../../mapping/state';
import { FateMark } from './FateMark';
import { FieldMarks, FieldText, TypeBadge } from './marks';
import { useModel } from './model';
import { Successors } from './Successors';

type Props = { row: Row; samples: boolean; failing: boolean };

/** A target column: what it is made of, or that nothing is, in marks and in words. */
export const TargetRow = memo(function TargetRow({ row, samples, failing }: Props) {
  const { t } = useTranslation('mapping');
  const { evaluation } = useModel();
  const { column, proposal } = row;
  const cell = evaluation?.rows[0]?.[row.name];
  const field = column ?? {
    name: row.name,
    type: '',
    nullable: true,
    samples: [],
    key: false,
    comment: null,
  };
  const proposed = isOpen(row) && row.fate !== 'missing' && proposal?.source ? proposal : undefined;
  return (
    <>
      <span className={`port ${row.fate}`} aria-hidden />
      <FieldText field={field} samples={samples} value={cell?.value} />
      <FieldMarks field={field} target />
      {row.fate === 'missing' && <Successors row={row} />}
      {row.fate === 'constant' && <code className="row-constant">{row.expression}</code>}
      {proposed && (
        <span className="score" title={t('proposal.from', { source: proposed.source })}>
          {proposed.score}
        </span>
      )}
      <FateMark row={row} failing={failing} />
      <TypeBadge type={field.type} />
    </>
  );
});
