import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { at } from '../../../client/api';
import { useList } from '../../../client/queries';
import type { DatasetEntry, DocumentEntry } from '../../../client/types';
import { problemsOf } from '../../../client/problem';
import type { Step } from '../../../document/flow';
import { useEditor } from '../editor/editorContext';
import { ChoiceField } from './fields';
import { textOf, useReadOnly, useSet } from './settings';

/** `connection.dataset`: the connection is the word before the first dot. */
function parted(text: string): [connection: string, dataset: string] {
  const dot = text.indexOf('.');
  return dot < 0 ? [text, ''] : [text.slice(0, dot), text.slice(dot + 1)];
}

function withValue<T extends { value: string }>(options: T[], value: string, one: T): T[] {
  return value === '' || options.some((option) => option.value === value)
    ? options
    : [one, ...options];
}

/** Chooses a connection and a dataset of it; a dataset that does not exist yet may be typed. */
export function DatasetField({ step, word }: { step: Step; word: 'read' | 'write' | 'call' }) {
  const { t } = useTranslation('flow');
  const project = useEditor((editor) => editor.project);
  const readOnly = useReadOnly();
  const set = useSet(step.name);
  const [connection, dataset] = parted(textOf(step, word));
  const [chosen, setChosen] = useState<string>();
  const [query, setQuery] = useState('');
  const now = chosen ?? connection;
  const connections = useList<DocumentEntry>(at('projects', project, 'connections'));
  const datasets = useList<DatasetEntry>(at('projects', project, 'connections', now, 'datasets'), {
    query: { query },
    enabled: now !== '',
  });
  const names = withValue(
    connections.items.map(({ name, title }) => ({
      value: name,
      label: title ? `${name} · ${title}` : name,
    })),
    now,
    { value: now, label: now },
  );
  const found = withValue(
    datasets.items.map(({ name, comment }) => ({
      value: name,
      label: comment ? `${name} · ${comment}` : name,
    })),
    chosen === undefined ? dataset : '',
    { value: dataset, label: dataset },
  );
  const typed = query.trim();
  const options = typed === '' ? found : withValue(found, typed, { value: typed, label: typed });
  const failed = datasets.error ? problemsOf(datasets.error)[0]?.message : undefined;
  return (
    <div className="field-pair">
      <ChoiceField
        label={t('field.connection')}
        value={now}
        options={names}
        readOnly={readOnly}
        onCommit={setChosen}
      />
      <ChoiceField
        label={t('field.dataset')}
        value={chosen === undefined || chosen === connection ? dataset : ''}
        options={options}
        readOnly={readOnly || now === ''}
        onSearch={setQuery}
        placeholder={t('field.dataset_hint')}
        hint={failed && <span className="flow-bad">{failed}</span>}
        onCommit={(name) => {
          if (set([word], `${now}.${name}`)) setChosen(undefined);
        }}
      />
    </div>
  );
}
