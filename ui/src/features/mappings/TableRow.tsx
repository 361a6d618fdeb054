import { EditOutlined } from '@ant-design/icons';
import { Select } from 'antd';
import { memo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { clearTargets, setExpression } from '../../mapping/edits';
import { isOpen, type TargetRow as Row } from '../../mapping/state';
import { FateMark } from './FateMark';
import { FieldMarks, TypeBadge } from './marks';
import { useModel } from './model';
import { ResultCell } from './SampleResults';
import { Successors } from './Successors';

type Props = {
  row: Row;
  index: number;
  top: number;
  height: number;
  picked: boolean;
  onPick: (name: string) => void;
};

const SAMPLES_SHOWN = 3;

function Expression({ row }: { row: Row }) {
  const { t } = useTranslation('mapping');
  const { act, step, readOnly } = useModel();
  const written = row.expression ?? '';
  const [typed, setTyped] = useState(written);
  const [seen, setSeen] = useState(written);
  if (seen !== written) {
    setSeen(written);
    setTyped(written);
  }
  const commit = () => {
    const next = typed.trim();
    if (next === written.trim()) return;
    act((text) =>
      next === ''
        ? clearTargets(text, step, [row.name])
        : setExpression(text, step, row.name, next),
    );
  };
  return (
    <input
      className="code"
      aria-label={t('panel.expression_of', { target: row.name })}
      readOnly={readOnly}
      spellCheck={false}
      placeholder={row.fate === 'kept' ? t('keep.row') : ''}
      value={typed}
      onChange={({ target }) => setTyped(target.value)}
      onBlur={commit}
      onKeyDown={({ key }) => {
        if (key === 'Enter') commit();
        if (key === 'Escape') setTyped(written);
      }}
    />
  );
}

/** The list of columns is only made when it is asked for: there may be hundreds of rows of it. */
function SourceChoice({ row, onClose }: { row: Row; onClose: () => void }) {
  const { t } = useTranslation('mapping');
  const { facts, map } = useModel();
  return (
    <Select
      size="small"
      autoFocus
      defaultOpen
      showSearch={{ optionFilterProp: 'label' }}
      aria-label={t('table.source_of', { target: row.name })}
      placeholder={t('table.choose')}
      options={facts.sources.map(({ name, comment }) => ({
        value: name,
        label: comment ? `${name} · ${comment}` : name,
      }))}
      onChange={(source: string) => map(source, row.name)}
      onOpenChange={(open) => open || onClose()}
    />
  );
}

function Source({ row }: { row: Row }) {
  const { t } = useTranslation('mapping');
  const { readOnly } = useModel();
  const [open, setOpen] = useState(false);
  if (row.fate === 'missing') return <Successors row={row} />;
  if (open) return <SourceChoice row={row} onClose={() => setOpen(false)} />;
  const proposed = isOpen(row) && row.proposal?.source ? row.proposal : undefined;
  const hint = proposed ? `${proposed.source} ${proposed.score}` : t('table.choose');
  const said = row.sources.length > 0 ? row.sources.join(', ') : hint;
  return (
    <button
      type="button"
      className={`table-source${row.sources.length === 0 ? ' soft' : ''}`}
      aria-label={`${t('table.source_of', { target: row.name })}: ${said}`}
      disabled={readOnly}
      title={said}
      onClick={() => setOpen(true)}
    >
      {said}
    </button>
  );
}

function Samples({ name }: { name: string }) {
  const { evaluation } = useModel();
  const cells = (evaluation?.rows ?? []).flatMap((row) => row[name] ?? []);
  return (
    <span className="table-samples">
      {cells.slice(0, SAMPLES_SHOWN).map((cell, i) => (
        <ResultCell key={i} cell={cell} />
      ))}
    </span>
  );
}

export const TableRow = memo(function TableRow(props: Props) {
  const { row, index, top, height, picked, onPick } = props;
  const { t } = useTranslation('mapping');
  const { selected, select, failing } = useModel();
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      className={`table-row${row.name === selected ? ' selected' : ''}`}
      style={{ top, height }}
    >
      <span role="cell" className="pick">
        <input
          type="checkbox"
          aria-label={t('table.pick', { target: row.name })}
          checked={picked}
          onChange={() => onPick(row.name)}
        />
      </span>
      <span role="cell" className="table-target">
        <span className="field-line">
          <span className="field-name" title={row.name}>
            {row.name}
          </span>
          {row.column && <FieldMarks field={row.column} target />}
          <TypeBadge type={row.column?.type ?? ''} />
        </span>
        {row.column?.comment && <span className="field-comment">{row.column.comment}</span>}
      </span>
      <span role="cell" className="table-expression">
        <Expression row={row} />
        <button
          type="button"
          className="table-edit"
          aria-label={t('panel.label', { target: row.name })}
          title={t('panel.label', { target: row.name })}
          onClick={() => select(row.name)}
        >
          <EditOutlined aria-hidden />
        </button>
      </span>
      <span role="cell">
        <Source row={row} />
      </span>
      <span role="cell">
        <Samples name={row.name} />
      </span>
      <span role="cell">
        <FateMark row={row} failing={failing.has(row.name)} named />
      </span>
    </div>
  );
});
