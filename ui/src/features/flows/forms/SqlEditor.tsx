import { autocompletion } from '@codemirror/autocomplete';
import { PostgreSQL, schemaCompletionSource, keywordCompletionSource } from '@codemirror/lang-sql';
import { useMemo } from 'react';
import { SqlView } from '../../../components/editor/SqlView';

type Props = {
  text: string;
  label: string;
  rows: number;
  schema: Record<string, string[]>;
  /** Only an expression: columns complete without their table. */
  bare: boolean;
  readOnly: boolean;
  onCommit: (sql: string) => void;
};

const LINE_PX = 21;

function completions(schema: Record<string, string[]>, bare: boolean) {
  const columns = [...new Set(Object.values(schema).flat())].map((label) => ({
    label,
    type: 'property',
  }));
  const own = schemaCompletionSource({
    dialect: PostgreSQL,
    schema,
    ...(bare ? {} : { tables: [] }),
  });
  const keywords = keywordCompletionSource(PostgreSQL);
  return autocompletion({
    override: [
      own,
      keywords,
      (context) => {
        const word = context.matchBefore(/[\p{L}\p{Nd}_]+/u);
        return word || context.explicit
          ? { from: word?.from ?? context.pos, options: columns, validFor: /^[\p{L}\p{Nd}_]*$/u }
          : null;
      },
    ],
  });
}

/** A block keeps its last line ending, so that an edit changes only the lines it is about. */
function withTailOf(before: string, edited: string): string {
  const tail = /\n*$/.exec(before)?.[0] ?? '';
  return edited.replace(/\n+$/, '') + tail;
}

/** The SQL of a step, over the steps it may name. */
export default function SqlEditor({ text, rows, schema, bare, onCommit, ...rest }: Props) {
  const words = useMemo(() => completions(schema, bare), [schema, bare]);
  const commit = (sql: string) => {
    const edited = withTailOf(text, sql);
    if (edited.trimEnd() !== text.trimEnd()) onCommit(edited);
  };
  return (
    <SqlView
      {...rest}
      text={text.trimEnd()}
      className="sql-editor"
      heightMin={rows * LINE_PX}
      words={words}
      onCommit={commit}
    />
  );
}
