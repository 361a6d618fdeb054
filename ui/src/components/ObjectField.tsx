import { Button, Collapse, Form, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Option } from '../client/types';
import type { Path, Value } from '../document/parse';
import { NamedParts } from './NamedParts';
import { OptionControl } from './OptionControl';
import { mistakeIn } from './options';
import { ANY, applying, chooserOf, isEntries, strangers } from './parts';
import type { Vault } from './SecretField';
import { TextOrFile } from './TextOrFile';

/** What the fields of an object share. */
export type PartsContext = {
  /** Writes a place of the text; undefined takes it out. */
  onPart: (path: Path, value: Value | undefined) => void;
  /** Writes a word on which other parts of the object depend. */
  onChoose: (path: Path, option: Option, name: string, word: string | undefined) => void;
  /** What was typed for a place and waits for the vault, and the names that are kept. */
  secrets?: {
    names: string[];
    typed: (path: Path) => string | undefined;
    onType: (path: Path, value: string) => void;
  };
  /** What the server found wrong, by place, a point between its words. */
  problems: Record<string, string>;
  tried: boolean;
  disabled: boolean;
};

/** As many optional parts as are shown without being asked for. */
const FEW = 3;

type Props = PartsContext & { option: Option; path: Path; value: Value | undefined };

function useSentence(option: Option): string {
  const { i18n } = useTranslation();
  return i18n.language === 'en' ? option.sentence.en : option.sentence.zh;
}

function vaultOf({ secrets, path, id }: Props & { id: string }): Vault | undefined {
  if (!secrets) return undefined;
  const typed = secrets.typed(path);
  return {
    names: secrets.names,
    typed: typed === undefined ? {} : { [id]: typed },
    onType: (_, value) => secrets.onType(path, value),
  };
}

/** One part: a value, a choice, or an object again. */
export function PartField(props: Props) {
  const { option, path, value, problems, tried, onPart } = props;
  const { t } = useTranslation('common');
  const sentence = useSentence(option);
  const id = path.join('.');
  const object = option.kind === 'tree' || isEntries(value) || Array.isArray(value);
  if (option.kind === 'tree') return <ObjectField {...props} />;
  const text = typeof value === 'string' ? value : undefined;
  const mistake = !object && (text || tried) ? mistakeIn(option, text) : undefined;
  const wrong = problems[id] ?? (mistake && t(mistake.key, mistake.values ?? {}));
  const vault = vaultOf({ ...props, id });
  const control = (
    <OptionControl
      option={{ ...option, name: id }}
      value={text}
      disabled={props.disabled}
      onChange={(_, next) => onPart(path, next)}
      {...(vault ? { vault } : {})}
    />
  );
  return (
    <Form.Item
      label={
        <span className="row">
          {path.at(-1)}
          {option.required && <span aria-hidden>{'*'}</span>}
        </span>
      }
      htmlFor={`option-${id}`}
      extra={sentence}
      {...(wrong ? { validateStatus: 'error' as const, help: wrong } : {})}
    >
      {option.parts?.length ? (
        <TextOrFile {...props} text={control} />
      ) : object ? (
        <span className="soft">{t('option.in_text')}</span>
      ) : (
        control
      )}
    </Form.Item>
  );
}

function Chooser({ option, chooser, path, value, ...rest }: Props & { chooser: Option }) {
  const { t, i18n } = useTranslation('common');
  const values = isEntries(value) ? value : undefined;
  const word = values ? values.get(chooser.name) : value;
  const choices = (chooser.choices ?? []).map((choice) => {
    const title = chooser.titles?.[choice];
    const called = i18n.language === 'en' ? title?.en : title?.zh;
    return { value: choice, label: called ? `${called} (${choice})` : choice };
  });
  const own = word !== undefined && typeof word !== 'string';
  return (
    <Select
      id={`option-${[...path, chooser.name].join('.')}`}
      aria-label={`${option.name} ${chooser.name}`}
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      disabled={rest.disabled || own}
      options={choices}
      placeholder={own ? t('option.in_text') : t('option.choose')}
      value={typeof word === 'string' && word !== '' ? word : null}
      onChange={(next: string | null) =>
        next ? rest.onChoose(path, option, chooser.name, next) : rest.onPart(path, undefined)
      }
    />
  );
}

function Parts(props: Props & { parts: Option[] }) {
  const { option, path, value, parts } = props;
  const values = isEntries(value) ? value : new Map<string, Value>();
  const depending = new Set((option.parts ?? []).flatMap(({ when }) => Object.keys(when ?? {})));
  return parts.map((part) => (
    <PartField
      key={`${part.name}-${part.secret}`}
      {...props}
      option={part}
      path={[...path, part.name]}
      value={values.get(part.name)}
      onPart={(at, next) =>
        depending.has(part.name) && at.length === path.length + 1
          ? props.onChoose(path, option, part.name, next as string | undefined)
          : props.onPart(at, next)
      }
    />
  ));
}

/** Parts that are needed or written on top, the others folded. */
function Body(props: Props) {
  const { option, value } = props;
  const { t } = useTranslation('common');
  const values = isEntries(value) ? value : new Map<string, Value>();
  const chooser = chooserOf(option);
  const parts = applying(option.parts ?? [], values).filter(
    ({ name }) => name !== chooser?.name && name !== ANY,
  );
  const [opened] = useState(() => new Set(values.keys()));
  // What was written at first stays on top while it is emptied and typed anew.
  const top = ({ name, kind, required, secret }: Option) =>
    required || (secret && kind !== 'tree') || opened.has(name);
  const optional = parts.filter((part) => !top(part));
  const rest = optional.length > FEW ? optional : [];
  const first = parts.filter((part) => !rest.includes(part));
  const unknown = strangers(option, values).filter((name) => name !== chooser?.name);
  return (
    <>
      <Parts {...props} parts={first} />
      {rest.length > 0 && (
        <Collapse
          ghost
          defaultActiveKey={first.length === 0 ? ['more'] : []}
          items={[
            {
              key: 'more',
              label: t('option.more', { count: rest.length }),
              children: <Parts {...props} parts={rest} />,
            },
          ]}
        />
      )}
      {unknown.length > 0 && (
        <p className="soft">{t('option.others', { names: unknown.join(', ') })}</p>
      )}
    </>
  );
}

/** An option whose value is an object: its kind is chosen first, then its fields are filled in. */
export function ObjectField(props: Props) {
  const { option, path, value, problems } = props;
  const { t } = useTranslation('common');
  const sentence = useSentence(option);
  const [adding, setAdding] = useState(option.required);
  const id = path.join('.');
  const any = option.parts?.find(({ name }) => name === ANY);
  const chooser = chooserOf(option);
  const written = isEntries(value);
  const word = typeof value === 'string' && value !== '' ? value : undefined;
  const choices = written || Array.isArray(value) ? [] : (option.choices ?? []);
  const unfit = Array.isArray(value) || (word !== undefined && !chooser);
  const wrong = problems[id];
  const known = (option.parts?.length ?? 0) > 0 && !unfit;
  return (
    <fieldset className="option-object" id={`option-${id}`}>
      <legend>
        {path.at(-1)}
        {option.required && <span aria-hidden>{' *'}</span>}
      </legend>
      <p className="soft">{sentence}</p>
      {wrong && (
        <p role="alert" className="option-wrong">
          {wrong}
        </p>
      )}
      {choices.length > 0 && (
        <Select
          aria-label={id}
          allowClear
          showSearch
          disabled={props.disabled}
          options={choices.map((choice) => ({ value: choice, label: choice }))}
          placeholder={t('option.choose')}
          value={word ?? null}
          onChange={(next: string | null) => props.onPart(path, next ?? undefined)}
        />
      )}
      {!known && choices.length === 0 && (
        <>
          <span className="soft">{t('option.tree')}</span>
          {option.example && <pre className="code">{option.example}</pre>}
        </>
      )}
      {known && chooser && <Chooser {...props} chooser={chooser} />}
      {known && any && <NamedParts {...props} part={any} />}
      {known && !any && (written || adding) && <Body {...props} />}
      {known && !any && !chooser && !written && !adding && (
        <Button size="small" disabled={props.disabled} onClick={() => setAdding(true)}>
          {t('option.fill')}
        </Button>
      )}
    </fieldset>
  );
}
