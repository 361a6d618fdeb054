import { Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { at } from '../../client/api';
import { useProject } from '../../client/place';
import { lineOf } from '../../client/problem';
import { useThing } from '../../client/queries';
import type { Connector, Page, Problem, SecretEntry } from '../../client/types';
import { OptionForm } from '../../components/OptionForm';
import { ProblemList } from '../../components/ProblemList';
import { YamlEditor } from '../../components/YamlEditor';
import type { Draft } from './useDraft';

type Props = {
  draft: Draft;
  connector: Connector | undefined;
  problems: Problem[];
  readOnly: boolean;
  /** A connection that exists keeps its name; renaming is an act of its own. */
  named: boolean;
  tried: boolean;
};

/** Problems that are about one option, by its name: the place ends with it. */
export function byOption(problems: Problem[], connector: Connector | undefined) {
  const found: Record<string, string> = {};
  for (const { name } of connector?.options ?? []) {
    const about = problems.find(
      ({ code, place, message }) =>
        place?.split(/[\s./:]+/).at(-1) === name ||
        (code.startsWith('OPTION_') && message.includes(` '${name}'`)),
    );
    if (about) found[name] = lineOf(about);
  }
  return found;
}

/** The form and the text of a connection side by side. Both show the same; the text decides. */
export function ConnectionEditor({ draft, connector, problems, readOnly, named, tried }: Props) {
  const { t } = useTranslation('connections');
  const project = useProject();
  const [show, setShow] = useState<{ line: number }>();
  const secrets = useThing<Page<SecretEntry>>(at('projects', project, 'secrets'));
  const all = [...draft.read.problems, ...problems];
  const broken = draft.read.problems.length > 0;
  return (
    <div className="halves">
      <section className="panel" aria-label={t('editor.form')}>
        <Form layout="vertical" component="div">
          <Form.Item
            label={t('editor.name')}
            htmlFor="connection-name"
            extra={t('editor.name_hint')}
          >
            <Input
              id="connection-name"
              className="code"
              autoFocus={!named}
              disabled={named || readOnly || broken}
              value={draft.read.name}
              onChange={({ target }) => draft.rename(target.value)}
            />
          </Form.Item>
        </Form>
        {connector && (
          <OptionForm
            options={connector.options}
            values={draft.read.values}
            problems={byOption(problems, connector)}
            tried={tried}
            disabled={readOnly || broken}
            onChange={draft.change}
            vault={{
              names: secrets.data?.items.map(({ name }) => name) ?? [],
              typed: draft.typed,
              onType: draft.type,
            }}
          />
        )}
        {!connector && (
          <p className="soft">{t('editor.unknown_type', { type: draft.read.type })}</p>
        )}
      </section>
      <section className="stack tight" aria-label={t('editor.text')}>
        <YamlEditor
          text={draft.text}
          label={t('editor.text')}
          readOnly={readOnly}
          problems={all}
          height={460}
          onChange={draft.setText}
          {...(show ? { show } : {})}
        />
        <ProblemList problems={all} onShow={({ line }) => line && setShow({ line })} />
      </section>
    </div>
  );
}
