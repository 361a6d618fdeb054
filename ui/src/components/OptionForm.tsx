import { Collapse, Form } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Option } from '../client/types';
import { OptionControl, type OptionProps } from './OptionControl';
import { grouped, mistakeIn } from './options';

type Props = Omit<OptionProps, 'option' | 'value'> & {
  options: Option[];
  values: Record<string, string | undefined>;
  /** What the server found wrong, by option; told beside the field. */
  problems?: Record<string, string>;
  /** Mistakes in empty fields are told only once the person has tried to go on. */
  tried?: boolean;
};

function Field(props: Props & { option: Option }) {
  const { option, values, problems = {}, tried = false } = props;
  const { t, i18n } = useTranslation('common');
  const value = values[option.name];
  const mistake = value || tried ? mistakeIn(option, value) : undefined;
  const wrong = problems[option.name] ?? (mistake && t(mistake.key, mistake.values ?? {}));
  const sentence = i18n.language === 'en' ? option.sentence.en : option.sentence.zh;
  return (
    <Form.Item
      label={
        <span className="row">
          {option.name}
          {option.required && <span aria-hidden>{'*'}</span>}
        </span>
      }
      htmlFor={`option-${option.name}`}
      extra={sentence}
      {...(wrong ? { validateStatus: 'error' as const, help: wrong } : {})}
    >
      <OptionControl {...props} option={option} value={value} />
    </Form.Item>
  );
}

/** A form made of the options a connector declares: what is needed on top, what has a default folded. */
export function OptionForm(props: Props) {
  const { t } = useTranslation('common');
  const { options } = props;
  const { first, rest } = useMemo(() => grouped(options), [options]);
  const folded = rest.reduce((sum, group) => sum + group.options.length, 0);
  return (
    <Form layout="vertical" component="div">
      {first.map((option) => (
        <Field key={option.name} {...props} option={option} />
      ))}
      {folded > 0 && (
        <Collapse
          ghost
          items={[
            {
              key: 'advanced',
              label: t('option.advanced', { count: folded }),
              children: rest.map(({ group, options: some }) => (
                <fieldset key={group} className="option-group">
                  <legend>{t(`option.group.${group}`)}</legend>
                  {some.map((option) => (
                    <Field key={option.name} {...props} option={option} />
                  ))}
                </fieldset>
              )),
            },
          ]}
        />
      )}
    </Form>
  );
}
