import { Skeleton } from 'antd';
import { lazy, Suspense, type ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import type { Step } from '../../../document/flow';
import { CallForm } from './CallForm';
import { DatasetForm } from './DatasetForm';
import { useEditor, useEditorStore } from '../editor/editorContext';
import { ExpectForm } from './ExpectForm';
import { EntriesField } from './EntriesField';
import { TextField, NamesField } from './fields';
import { listOf, namesOf, textOf, useInputColumns, useReadOnly, useSet } from './settings';
import { SqlField } from './SqlField';

/** What the editor of a mapping is handed; it answers with the whole next text. */
export interface MappingEditorProps {
  project: string;
  text: string;
  step: string;
  onChange: (nextText: string) => void;
  readOnly: boolean;
}

type Module = { default: ComponentType<MappingEditorProps> };

const found = Object.values(import.meta.glob<Module>('../../mappings/MappingEditor.tsx'))[0];
const MappingEditor = found ? lazy(found) : undefined;

function MapForm({ step }: { step: Step }) {
  const { t } = useTranslation('flow');
  const store = useEditorStore();
  const project = useEditor((editor) => editor.project);
  const text = useEditor((editor) => editor.read);
  const readOnly = useReadOnly();
  if (!MappingEditor) {
    return (
      <EntriesField step={step} word="map" label={t('field.map')} hint={t('field.map_hint')} />
    );
  }
  return (
    <Suspense fallback={<Skeleton active />}>
      <MappingEditor
        project={project}
        text={text}
        step={step.name}
        readOnly={readOnly}
        onChange={(next) => store.getState().edit(() => next)}
      />
    </Suspense>
  );
}

function WhereForm({ step }: { step: Step }) {
  const { t } = useTranslation('flow');
  return <SqlField step={step} word="where" label={t('field.where')} rows={3} />;
}

function DedupeForm({ step }: { step: Step }) {
  const { t } = useTranslation('flow');
  const readOnly = useReadOnly();
  const set = useSet(step.name);
  const columns = namesOf(useInputColumns(step));
  return (
    <>
      <NamesField
        label={t('field.dedupe')}
        hint={t('field.dedupe_hint')}
        value={listOf(step, 'dedupe')}
        choices={columns}
        readOnly={readOnly}
        onCommit={(names) => set(['dedupe'], names)}
      />
      <TextField
        label={t('field.order')}
        hint={t('field.order_hint')}
        code
        value={textOf(step, 'order')}
        readOnly={readOnly}
        onCommit={(value) => set(['order'], value)}
      />
    </>
  );
}

/** The settings of a step, by its kind. */
export function StepForm({ step }: { step: Step }) {
  const { t } = useTranslation('flow');
  switch (step.kind) {
    case 'read':
    case 'write':
      return <DatasetForm step={step} kind={step.kind} />;
    case 'map':
      return <MapForm step={step} />;
    case 'where':
      return <WhereForm step={step} />;
    case 'sql':
      return <SqlField step={step} word="sql" label={t('field.sql')} rows={8} />;
    case 'expect':
      return <ExpectForm step={step} />;
    case 'dedupe':
      return <DedupeForm step={step} />;
    case 'call':
      return <CallForm step={step} />;
    case 'union':
      return <p className="soft">{t('field.union_hint')}</p>;
    case undefined:
      return <p className="soft">{t('panel.no_kind')}</p>;
  }
}
