import { useTranslation } from 'react-i18next';
import { at } from '../../../client/api';
import { useList } from '../../../client/queries';
import type { DocumentEntry } from '../../../client/types';
import type { Value } from '../../../document/parse';
import { setCopy } from '../../../document/steps';
import { useEditor, useEditorStore } from '../editor/editorContext';
import { ChoiceField, NamesField, SwitchField, TextField } from './fields';
import { useReadOnly } from './settings';

const MODES = ['replace', 'append', 'upsert', 'mirror'] as const;

/** A flow that copies a whole database has no steps to draw; it is one form. */
export function CopyForm() {
  const { t } = useTranslation('flow');
  const store = useEditorStore();
  const readOnly = useReadOnly();
  const project = useEditor((editor) => editor.project);
  const copy = useEditor((editor) => editor.flow.copy);
  const connections = useList<DocumentEntry>(at('projects', project, 'connections'));
  const options = connections.items.map(({ name }) => ({ value: name, label: name }));
  const set = (word: string, value: Value | undefined) =>
    store.getState().edit((text) => setCopy(text, word, value));
  const textAt = (word: string) => {
    const value = copy?.get(word);
    return typeof value === 'string' ? value : '';
  };
  const listAt = (word: string) => {
    const value = copy?.get(word);
    return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
  };
  const listField = (word: 'include' | 'exclude') => (
    <NamesField
      label={t(`copy.${word}`)}
      hint={t(`copy.${word}_hint`)}
      value={listAt(word)}
      choices={[]}
      readOnly={readOnly}
      onCommit={(names) => set(word, names.length > 0 ? names : undefined)}
    />
  );
  const choice = (word: 'from' | 'to') => (
    <ChoiceField
      label={t(`copy.${word}`)}
      value={textAt(word)}
      options={
        options.some(({ value }) => value === textAt(word)) || textAt(word) === ''
          ? options
          : [{ value: textAt(word), label: textAt(word) }, ...options]
      }
      readOnly={readOnly}
      onCommit={(name) => set(word, name)}
    />
  );
  return (
    <section className="copy-form" aria-label={t('copy.title')}>
      <h2>{t('copy.title')}</h2>
      <div className="field-pair">
        {choice('from')}
        {choice('to')}
      </div>
      {listField('include')}
      {listField('exclude')}
      <div className="field-pair">
        <TextField
          code
          label={t('copy.into')}
          hint={t('copy.into_hint')}
          value={textAt('into')}
          readOnly={readOnly}
          onCommit={(value) => set('into', value === '' ? undefined : value)}
        />
        <ChoiceField
          label={t('field.mode')}
          value={textAt('mode')}
          options={MODES.map((mode) => ({ value: mode, label: t(`mode.${mode}`) }))}
          readOnly={readOnly}
          onCommit={(mode) => set('mode', mode)}
        />
      </div>
      <SwitchField
        label={t('field.lossy')}
        value={copy?.has('lossy') ?? false}
        readOnly={readOnly}
        onCommit={(on) => set('lossy', on ? 'allow' : undefined)}
      />
    </section>
  );
}
