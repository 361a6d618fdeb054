import { useMemo, useState } from 'react';
import type { Connector, Option } from '../../client/types';
import { readConnection, removeOption, setOption } from './connectionText';

const PLAIN = /^(true|false|-?\d+)$/;

/** The text of a new connection: its kind, and what is needed where we can guess it. */
export function startText(name: string, connector: Connector | undefined, type: string): string {
  let text = `connection: ${name}\ntype: ${type}\n`;
  for (const option of connector?.options ?? []) {
    if (option.name === 'host' && option.example) text = setOption(text, 'host', option.example);
  }
  return text;
}

function write(text: string, option: Option | undefined, name: string, value: string | undefined) {
  if (value === undefined) return removeOption(text, name);
  const plain = option?.kind === 'integer' || option?.kind === 'bool';
  return setOption(text, name, value, plain && PLAIN.test(value));
}

/**
 * The text with its typed secrets written out, to be tried: what a trial says of a password must not
 * change the one that is kept, for runs use it.
 */
export function withSecrets(text: string, typed: Record<string, string>): string {
  return Object.entries(typed).reduce(
    (now, [option, value]) => setOption(now, option, value),
    text,
  );
}

export type Draft = ReturnType<typeof useDraft>;

/**
 * A connection while it is written. The text is the truth, the form is read from it. Secrets that
 * were typed wait here, by option, until they are put into the vault; the text holds their reference.
 */
export function useDraft(
  start: string,
  connector: Connector | undefined,
  secrets: Record<string, string> = {},
) {
  const [text, setText] = useState(start);
  const [typed, setTyped] = useState(secrets);
  const read = useMemo(() => readConnection(text), [text]);
  const secretName = (name: string, option: string) => `${name || 'connection'}.${option}`;
  const optionOf = (name: string) => connector?.options.find((option) => option.name === name);

  const rename = (name: string) => {
    let next = setOption(text, 'connection', name);
    for (const option of Object.keys(typed)) {
      next = setOption(next, option, `\${secret:${secretName(name, option)}}`);
    }
    setText(next);
  };
  const type = (option: string, value: string) => {
    const { [option]: _old, ...others } = typed;
    setTyped(value ? { ...others, [option]: value } : others);
    const reference = `\${secret:${secretName(read.name, option)}}`;
    setText(value ? setOption(text, option, reference) : removeOption(text, option));
  };
  const change = (name: string, value: string | undefined) => {
    setTyped(({ [name]: _old, ...others }) => others);
    setText(write(text, optionOf(name), name, value));
  };
  return {
    text,
    begun: start,
    read,
    typed,
    setText,
    rename,
    type,
    change,
    secrets: Object.entries(typed).map(([option, value]) => ({
      name: secretName(read.name, option),
      value,
    })),
    forget: () => setTyped({}),
  };
}
