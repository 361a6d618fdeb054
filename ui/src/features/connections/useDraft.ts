import { useMemo, useState } from 'react';
import type { Connector, Option } from '../../client/types';
import { choosePart, secretName, setPart, valueAt } from '../../components/parts';
import { readOptions } from '../../document/connection';
import type { Entries, Path, Value } from '../../document/parse';
import { EditRefused } from '../../document/refused';
import { readConnection, removeOption, setOption } from './connectionText';

/** Where a typed secret belongs; a word of a path holds no line break. */
const keyOf = (path: Path) => path.join('\n');
const pathOf = (key: string): Path => key.split('\n');

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
  return Object.entries(typed).reduce((now, [key, value]) => putTyped(now, key, value), text);
}

function putTyped(text: string, key: string, value: string): string {
  const path = pathOf(key);
  return path.length > 1 ? setPart(text, path, value) : setOption(text, key, value);
}

export type Draft = ReturnType<typeof useDraft>;

/** Only what can be taken apart has objects to show. */
function objectsOf(text: string, broken = false): Entries {
  try {
    return broken ? new Map() : readOptions(text);
  } catch (refused) {
    if (refused instanceof EditRefused) return new Map();
    throw refused;
  }
}

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
  const objects = useMemo(() => objectsOf(text, read.problems.length > 0), [text, read]);
  const optionOf = (name: string) => connector?.options.find((option) => option.name === name);

  const rename = (name: string) => {
    let next = setOption(text, 'connection', name);
    for (const key of Object.keys(typed)) {
      next = putTyped(next, key, `\${secret:${secretName(name, pathOf(key))}}`);
    }
    setText(next);
  };
  const type = (option: string, value: string) => {
    const { [option]: _old, ...others } = typed;
    setTyped(value ? { ...others, [option]: value } : others);
    const reference = `\${secret:${secretName(read.name, [option])}}`;
    setText(value ? setOption(text, option, reference) : removeOption(text, option));
  };
  const change = (name: string, value: string | undefined) => {
    setTyped(({ [name]: _old, ...others }) => others);
    setText(write(text, optionOf(name), name, value));
  };
  const typePart = (path: Path, value: string) => {
    const { [keyOf(path)]: _old, ...others } = typed;
    setTyped(value ? { ...others, [keyOf(path)]: value } : others);
    const reference = `\${secret:${secretName(read.name, path)}}`;
    setText(setPart(text, path, value ? reference : undefined));
  };
  /** Secrets of places that are gone from the text wait for nothing. */
  const edited = (next: string) => {
    const left = objectsOf(next);
    setTyped((all) =>
      Object.fromEntries(
        Object.entries(all).filter(([key]) => {
          const path = pathOf(key);
          return path.length === 1 || valueAt(left, path) !== undefined;
        }),
      ),
    );
    setText(next);
  };
  const changePart = (path: Path, value: Value | undefined) => {
    setTyped(({ [keyOf(path)]: _old, ...others }) => others);
    edited(setPart(text, path, value));
  };
  const choose = (path: Path, option: Option, name: string, word: string | undefined) =>
    edited(choosePart(text, path, option, name, word));
  return {
    text,
    begun: start,
    read,
    typed,
    objects,
    typePart,
    typedPart: (path: Path) => typed[keyOf(path)],
    changePart,
    choose,
    setText,
    rename,
    type,
    change,
    secrets: Object.entries(typed).map(([key, value]) => ({
      name: secretName(read.name, pathOf(key)),
      value,
    })),
    forget: () => setTyped({}),
  };
}
