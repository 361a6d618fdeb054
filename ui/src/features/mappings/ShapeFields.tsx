import { Checkbox, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { DATE_FORMATS, literalSql, literalText } from '../../mapping/quick';
import type { Shape } from '../../mapping/shapes';
import { CAST_TYPES } from '../../mapping/types';
import { Field, OperandField, SuggestField, TextField } from './formFields';
import { LookupFields } from './LookupFields';
import { useModel } from './model';

type Of<K extends Shape['kind']> = Extract<Shape, { kind: K }>;
type Props = {
  shape: Shape;
  targetType: string;
  typeOf: (operand: string) => string;
  onChange: (shape: Shape) => void;
};

/** The fields of one kind of expression. */
export function ShapeFields({ shape, targetType, typeOf, onChange }: Props) {
  switch (shape.kind) {
    case 'column':
      return <OperandField value={shape.of} onChange={(of) => onChange({ ...shape, of })} />;
    case 'constant':
      return <ConstantFields shape={shape} type={targetType} onChange={onChange} />;
    case 'cast':
      return <CastFields shape={shape} onChange={onChange} />;
    case 'default':
      return (
        <DefaultFields shape={shape} type={typeOf(shape.of) || targetType} onChange={onChange} />
      );
    case 'format_date':
    case 'parse_date':
      return <DateFields shape={shape} onChange={onChange} />;
    case 'concat':
      return <ConcatFields shape={shape} onChange={onChange} />;
    case 'split':
      return <SplitFields shape={shape} onChange={onChange} />;
    case 'lookup':
      return (
        <LookupFields
          shape={shape}
          whenType={typeOf(shape.of)}
          thenType={targetType}
          onChange={onChange}
        />
      );
    case 'hash':
      return <HashFields shape={shape} typeOf={typeOf} onChange={onChange} />;
    case 'sql':
      return null;
  }
}

type FieldsProps<K extends Shape['kind']> = {
  shape: Of<K>;
  onChange: (shape: Of<K>) => void;
};

function ConstantFields({ shape, type, onChange }: FieldsProps<'constant'> & { type: string }) {
  const { t } = useTranslation('mapping');
  return (
    <TextField
      label={t('form.value')}
      value={literalText(shape.value)}
      onCommit={(typed) => onChange({ ...shape, value: literalSql(typed, type) })}
    />
  );
}

function Lenient({ value, onChange }: { value: boolean; onChange: (value: boolean) => void }) {
  const { t } = useTranslation('mapping');
  const { readOnly } = useModel();
  return (
    <Checkbox
      disabled={readOnly}
      checked={value}
      onChange={({ target }) => onChange(target.checked)}
    >
      {t('form.lenient')}
    </Checkbox>
  );
}

function CastFields({ shape, onChange }: FieldsProps<'cast'>) {
  const { t } = useTranslation('mapping');
  return (
    <>
      <OperandField value={shape.of} onChange={(of) => onChange({ ...shape, of })} />
      <SuggestField
        label={t('form.type')}
        value={shape.type}
        choices={CAST_TYPES}
        onCommit={(type) => type.trim() && onChange({ ...shape, type: type.trim() })}
      />
      <Lenient value={shape.lenient} onChange={(lenient) => onChange({ ...shape, lenient })} />
    </>
  );
}

function DefaultFields({ shape, type, onChange }: FieldsProps<'default'> & { type: string }) {
  const { t } = useTranslation('mapping');
  return (
    <>
      <OperandField value={shape.of} onChange={(of) => onChange({ ...shape, of })} />
      <TextField
        label={t('form.default')}
        value={literalText(shape.value)}
        onCommit={(typed) => onChange({ ...shape, value: literalSql(typed, type) })}
      />
    </>
  );
}

type DateShape = Of<'format_date'> | Of<'parse_date'>;

function DateFields({
  shape,
  onChange,
}: {
  shape: DateShape;
  onChange: (shape: DateShape) => void;
}) {
  const { t } = useTranslation('mapping');
  return (
    <>
      <OperandField value={shape.of} onChange={(of) => onChange({ ...shape, of })} />
      <SuggestField
        label={t('form.format')}
        value={shape.format}
        choices={DATE_FORMATS}
        onCommit={(format) => onChange({ ...shape, format })}
      />
      {shape.kind === 'parse_date' && (
        <>
          <Field label={t('form.as')}>
            <Select
              size="small"
              value={shape.as}
              options={['date', 'timestamp'].map((value) => ({ value, label: value }))}
              onChange={(as: 'date' | 'timestamp') => onChange({ ...shape, as })}
            />
          </Field>
          <Lenient value={shape.lenient} onChange={(lenient) => onChange({ ...shape, lenient })} />
        </>
      )}
    </>
  );
}

function ConcatFields({ shape, onChange }: FieldsProps<'concat'>) {
  const { t } = useTranslation('mapping');
  const { readOnly } = useModel();
  const { parts, separator } = shape;
  const change = (next: string[]) => onChange({ ...shape, parts: next });
  return (
    <>
      <TextField
        label={t('form.separator')}
        value={separator}
        onCommit={(next) => onChange({ ...shape, separator: next })}
      />
      {parts.map((part, i) => (
        <OperandField
          key={i}
          label={t('form.part', { number: i + 1 })}
          value={part}
          onChange={(of) => change(parts.with(i, of))}
          {...(parts.length > 1 ? { onRemove: () => change(parts.toSpliced(i, 1)) } : {})}
        />
      ))}
      {!readOnly && (
        <OperandField
          label={t('form.add_part')}
          value={undefined}
          onChange={(of) => change([...parts, of])}
        />
      )}
    </>
  );
}

function SplitFields({ shape, onChange }: FieldsProps<'split'>) {
  const { t } = useTranslation('mapping');
  const { readOnly } = useModel();
  return (
    <>
      <OperandField value={shape.of} onChange={(of) => onChange({ ...shape, of })} />
      <TextField
        label={t('form.separator')}
        value={shape.separator}
        onCommit={(separator) => onChange({ ...shape, separator })}
      />
      <Field label={t('form.index')}>
        <InputNumber
          size="small"
          min={1}
          max={999}
          disabled={readOnly}
          value={shape.index}
          onChange={(index) => index && onChange({ ...shape, index })}
        />
      </Field>
    </>
  );
}

function HashFields(props: FieldsProps<'hash'> & { typeOf: (operand: string) => string }) {
  const { t } = useTranslation('mapping');
  const { readOnly } = useModel();
  const { shape, typeOf, onChange } = props;
  return (
    <>
      <OperandField
        value={shape.of}
        onChange={(of) => onChange({ ...shape, of, fromText: typeOf(of) === 'text' })}
      />
      <Field label={t('form.algorithm')}>
        <Select
          size="small"
          disabled={readOnly}
          value={shape.algorithm}
          options={['sha256', 'md5'].map((value) => ({ value, label: value }))}
          onChange={(algorithm: 'sha256' | 'md5') => onChange({ ...shape, algorithm })}
        />
      </Field>
    </>
  );
}
