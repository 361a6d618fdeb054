import {
  CompressOutlined,
  ExpandOutlined,
  ExclamationCircleOutlined,
  PlusOutlined,
} from '@ant-design/icons';
import { Button, Checkbox, Dropdown, Input, Popover, Segmented, Select, Switch } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { byName, byOrder, setExpression, setExpressions, setKeep } from '../../mapping/edits';
import { useModel } from './model';

export type View = 'lines' | 'table';

type Props = {
  view: View;
  samples: boolean;
  wide: boolean;
  onView: (view: View) => void;
  onSamples: (samples: boolean) => void;
  onWide: (wide: boolean) => void;
  onDataset: (dataset: string) => void;
};

/** Required targets without a value: the flow may be saved like this, but not published. */
function Gaps() {
  const { t } = useTranslation('mapping');
  const { gaps, select } = useModel();
  const [first] = gaps;
  if (first === undefined) return null;
  return (
    <Button
      size="small"
      type="text"
      className="gaps"
      icon={<ExclamationCircleOutlined />}
      title={gaps.slice(0, 12).join(', ')}
      onClick={() => select(first)}
    >
      {t('gaps', { count: gaps.length })}
    </Button>
  );
}

function AddColumn() {
  const { t } = useTranslation('mapping');
  const { act, step, readOnly, rows, select } = useModel();
  const [name, setName] = useState('');
  const [open, setOpen] = useState(false);
  const wanted = name.trim();
  const taken = rows.some((row) => row.name === wanted && row.expression !== undefined);
  const add = () => {
    if (wanted === '' || taken) return;
    if (!act((text) => setExpression(text, step, wanted, 'null'))) return;
    select(wanted);
    setName('');
    setOpen(false);
  };
  return (
    <Popover
      trigger="click"
      open={open}
      onOpenChange={setOpen}
      content={
        <div className="row">
          <Input
            size="small"
            style={{ width: 180 }}
            aria-label={t('add.name')}
            placeholder={t('add.name')}
            status={taken ? 'error' : ''}
            value={name}
            onChange={({ target }) => setName(target.value)}
            onPressEnter={add}
          />
          <Button size="small" type="primary" disabled={wanted === '' || taken} onClick={add}>
            {t('add.do')}
          </Button>
        </div>
      }
    >
      <Button size="small" icon={<PlusOutlined />} disabled={readOnly}>
        {t('add.column')}
      </Button>
    </Popover>
  );
}

function Bulk() {
  const { t } = useTranslation('mapping');
  const { act, step, rows, facts, uses, clear, readOnly } = useModel();
  const write = (found: Map<string, string>) =>
    void act((text) => setExpressions(text, step, found));
  const mapped = rows.filter(({ expression }) => expression !== undefined);
  const acts: Record<string, () => void> = {
    by_name: () => write(byName(rows, facts.sources)),
    by_order: () => write(byOrder(rows, facts.sources, uses)),
    clear_all: () => clear(mapped.map(({ name }) => name)),
  };
  return (
    <Dropdown
      trigger={['click']}
      disabled={readOnly}
      menu={{
        items: Object.keys(acts).map((key) => ({
          key,
          label: t(`bulk.${key}` as 'bulk.by_name'),
          danger: key === 'clear_all',
        })),
        onClick: ({ key }) => acts[key]?.(),
      }}
    >
      <Button size="small">{t('bulk.label')}</Button>
    </Dropdown>
  );
}

function Target({ onDataset }: { onDataset: (dataset: string) => void }) {
  const { t } = useTranslation('mapping');
  const { facts } = useModel();
  const [first] = facts.writes;
  if (facts.writes.length < 2 || !first) return null;
  return (
    <Select
      size="small"
      aria-label={t('choose_target')}
      defaultValue={first.dataset}
      options={facts.writes.map(({ dataset }) => ({ value: dataset, label: dataset }))}
      onChange={onDataset}
    />
  );
}

export function MappingToolbar(props: Props) {
  const { t } = useTranslation('mapping');
  const { act, step, keep, readOnly } = useModel();
  const { view, samples, wide } = props;
  const resize = wide ? t('narrow') : t('wide');
  return (
    <div className="mapping-toolbar" role="toolbar" aria-label={t('toolbar')}>
      <Segmented<View>
        size="small"
        value={view}
        options={[
          { value: 'lines', label: t('view.lines') },
          { value: 'table', label: t('view.table') },
        ]}
        onChange={props.onView}
      />
      <Target onDataset={props.onDataset} />
      {view === 'lines' && (
        <label className="row">
          <Switch size="small" checked={samples} onChange={props.onSamples} />
          {t('show_samples')}
        </label>
      )}
      <Checkbox
        checked={keep}
        disabled={readOnly}
        title={t('keep.hint')}
        onChange={({ target }) => act((text) => setKeep(text, step, target.checked))}
      >
        <code>{t('keep.label')}</code>
      </Checkbox>
      <span className="grow" />
      <Gaps />
      <AddColumn />
      <Bulk />
      <Button
        size="small"
        type="text"
        icon={wide ? <CompressOutlined /> : <ExpandOutlined />}
        aria-label={resize}
        title={resize}
        onClick={() => props.onWide(!wide)}
      />
    </div>
  );
}
