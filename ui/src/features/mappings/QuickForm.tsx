import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { sqlName } from '../../document/sqlTables';
import { beginShape } from '../../mapping/quick';
import { readShape, SHAPES, writeShape, type Shape, type ShapeKind } from '../../mapping/shapes';
import type { TargetRow } from '../../mapping/state';
import { useModel } from './model';
import { ShapeFields } from './ShapeFields';

type Props = { row: TargetRow; sql: string; onChange: (sql: string) => void };

/** The expression as a form, where it has the shape of one; it writes the same SQL one could type. */
export function QuickForm({ row, sql, onChange }: Props) {
  const { t } = useTranslation('mapping');
  const { facts, readOnly } = useModel();
  const shape: Shape = sql.trim() === '' ? { kind: 'sql', sql: '' } : readShape(sql);
  const targetType = row.column?.type ?? '';
  const types = new Map(facts.sources.map(({ name, type }) => [sqlName(name), type]));
  const typeOf = (operand: string) => types.get(operand) ?? '';
  const column = row.sources[0] ?? row.proposal?.source ?? facts.sources[0]?.name;
  const begin = (kind: ShapeKind) =>
    onChange(writeShape(beginShape(kind, shape, { column, targetType, typeOf, sql })));
  return (
    <div className="quick-form">
      <label className="quick-kind">
        <span>{t('form.kind')}</span>
        <Select
          size="small"
          disabled={readOnly}
          value={shape.kind}
          options={SHAPES.map((kind) => ({
            value: kind,
            label: t(`form.kinds.${kind}` as 'form.kinds.sql'),
          }))}
          onChange={begin}
        />
      </label>
      <ShapeFields
        shape={shape}
        targetType={targetType}
        typeOf={typeOf}
        onChange={(next) => onChange(writeShape(next))}
      />
    </div>
  );
}
