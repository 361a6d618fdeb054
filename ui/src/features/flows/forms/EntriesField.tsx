import {
  ArrowDownOutlined,
  ArrowUpOutlined,
  DeleteOutlined,
  PlusOutlined,
} from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Step } from '../../../document/flow';
import { renameMapEntry, reorderMap } from '../../../document/steps';
import { useEditorStore } from '../editor/editorContext';
import { TextField } from './fields';
import { useReadOnly, useSet } from './settings';

type Props = { step: Step; word: string; label: string; hint: string };

/** Entries of a mapping one below the other: name, and what it is made of. */
export function EntriesField({ step, word, label, hint }: Props) {
  const { t } = useTranslation('flow');
  const readOnly = useReadOnly();
  const set = useSet(step.name);
  const value = step.settings.get(word);
  const keys = value instanceof Map ? [...value.keys()] : [];
  const add = () => {
    let number = keys.length + 1;
    while (keys.includes(`column_${number}`)) number++;
    set([word, `column_${number}`], 'null');
  };
  return (
    <fieldset className="flow-entries">
      <legend>{label}</legend>
      <p className="soft">{hint}</p>
      {keys.map((key, i) => (
        <EntryRow key={key} step={step} word={word} name={key} index={i} keys={keys} />
      ))}
      <Button size="small" icon={<PlusOutlined />} disabled={readOnly} onClick={add}>
        {t('field.add_entry')}
      </Button>
    </fieldset>
  );
}

type RowProps = { step: Step; word: string; name: string; index: number; keys: string[] };

function EntryRow({ step, word, name, index, keys }: RowProps) {
  const { t } = useTranslation('flow');
  const store = useEditorStore();
  const readOnly = useReadOnly();
  const set = useSet(step.name);
  const entries = step.settings.get(word);
  const value = entries instanceof Map ? entries.get(name) : undefined;
  const swap = (with_: number) => {
    const order = [...keys];
    [order[index], order[with_]] = [order[with_]!, order[index]!];
    store.getState().edit((text) => reorderMap(text, step.name, word, order));
  };
  return (
    <div className="entry-row">
      <TextField
        bare
        code
        label={t('field.entry_name')}
        value={name}
        readOnly={readOnly}
        onCommit={(next) =>
          store.getState().edit((text) => renameMapEntry(text, step.name, word, name, next))
        }
      />
      <TextField
        bare
        code
        label={t('field.entry_value', { name })}
        value={typeof value === 'string' ? value : ''}
        readOnly={readOnly}
        onCommit={(next) => set([word, name], next)}
      />
      <Button
        type="text"
        size="small"
        icon={<ArrowUpOutlined />}
        aria-label={t('field.up', { name })}
        disabled={readOnly || index === 0}
        onClick={() => swap(index - 1)}
      />
      <Button
        type="text"
        size="small"
        icon={<ArrowDownOutlined />}
        aria-label={t('field.down', { name })}
        disabled={readOnly || index === keys.length - 1}
        onClick={() => swap(index + 1)}
      />
      <Button
        type="text"
        size="small"
        danger
        icon={<DeleteOutlined />}
        aria-label={t('field.remove', { name })}
        disabled={readOnly}
        onClick={() => set([word, name], undefined)}
      />
    </div>
  );
}
