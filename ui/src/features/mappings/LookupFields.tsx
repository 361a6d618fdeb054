import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { literalSql, literalText } from '../../mapping/quick';
import type { Shape } from '../../mapping/shapes';
import { OperandField, TextField } from './formFields';
import { useModel } from './model';

type Lookup = Extract<Shape, { kind: 'lookup' }>;
type Props = {
  shape: Lookup;
  whenType: string;
  thenType: string;
  onChange: (shape: Lookup) => void;
};

function Cell({
  label,
  value,
  onCommit,
}: {
  label: string;
  value: string;
  onCommit: (value: string) => void;
}) {
  const { readOnly } = useModel();
  const [typed, setTyped] = useState(value);
  const commit = () => typed !== value && onCommit(typed);
  return (
    <Input
      size="small"
      aria-label={label}
      disabled={readOnly}
      value={typed}
      onChange={({ target }) => setTyped(target.value)}
      onBlur={commit}
      onPressEnter={commit}
    />
  );
}

/** Values and what they become, one pair a line. */
export function LookupFields({ shape, whenType, thenType, onChange }: Props) {
  const { t } = useTranslation('mapping');
  const { readOnly } = useModel();
  const { pairs, otherwise } = shape;
  const change = (next: Lookup['pairs']) => onChange({ ...shape, pairs: next });
  return (
    <>
      <OperandField value={shape.of} onChange={(of) => onChange({ ...shape, of })} />
      <div className="lookup" role="group" aria-label={t('form.lookup')}>
        {pairs.map(([when, then], i) => (
          <div className="lookup-pair" key={`${i} ${when} ${then}`}>
            <Cell
              label={t('form.when')}
              value={literalText(when)}
              onCommit={(typed) => change(pairs.with(i, [literalSql(typed, whenType), then]))}
            />
            <span aria-hidden>→</span>
            <Cell
              label={t('form.then')}
              value={literalText(then)}
              onCommit={(typed) => change(pairs.with(i, [when, literalSql(typed, thenType)]))}
            />
            <Button
              size="small"
              type="text"
              icon={<DeleteOutlined />}
              disabled={readOnly || pairs.length === 1}
              aria-label={t('form.remove_pair')}
              onClick={() => change(pairs.toSpliced(i, 1))}
            />
          </div>
        ))}
        <Button
          size="small"
          type="dashed"
          icon={<PlusOutlined />}
          disabled={readOnly}
          onClick={() => change([...pairs, ["''", "''"]])}
        >
          {t('form.add_pair')}
        </Button>
      </div>
      <TextField
        label={t('form.otherwise')}
        value={literalText(otherwise ?? 'null')}
        onCommit={(typed) => onChange({ ...shape, otherwise: literalSql(typed, thenType) })}
      />
    </>
  );
}
