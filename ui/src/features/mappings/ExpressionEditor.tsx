import { useMemo } from 'react';
import type { FieldInfo } from '../../client/types';
import { SqlView } from '../../components/editor/SqlView';
import { completions } from './completions';

type Props = {
  text: string;
  label: string;
  sources: readonly FieldInfo[];
  readOnly: boolean;
  /** With every letter, for the live result. */
  onDraft: (sql: string) => void;
  onCommit: (sql: string) => void;
};

/** What becomes of one target column, as SQL over the columns of the source. */
export default function ExpressionEditor({ text, sources, onCommit, ...rest }: Props) {
  const words = useMemo(() => completions(sources), [sources]);
  const commit = (sql: string) => {
    const edited = sql.trim();
    // An emptied expression is not written: taking the entry away is a command of its own.
    if (edited !== '' && edited !== text.trim()) onCommit(edited);
  };
  return (
    <SqlView {...rest} text={text.trim()} className="expression" words={words} onCommit={commit} />
  );
}
