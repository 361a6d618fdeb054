export type StarterKey = 'copy_table' | 'incremental' | 'checked' | 'whole_database' | 'blank';
type Starter = (name: string, from: string, to: string) => string;

/** Beginnings of a flow. Each is a document as a person would write it, ready to be changed. */
export const starters: Record<StarterKey, Starter> = {
  copy_table: (name, from, to) => `flow: ${name}
steps:
  source:
    read: ${from}.schema.table
  target:
    from: source
    write: ${to}.schema.table
    mode: upsert
    key: [id]
verify: {after: count}
`,
  incremental: (name, from, to) => `flow: ${name}
steps:
  changed:
    read: ${from}.schema.table
    incremental: {by: updated_at, lookback: 10m}
  target:
    from: changed
    write: ${to}.schema.table
    mode: upsert
    key: [id]
`,
  checked: (name, from, to) => `flow: ${name}
steps:
  source:
    read: ${from}.schema.table
  mapped:
    from: source
    map:
      '*': keep
  checked:
    from: mapped
    expect:
      - {column: id, not_null: true}
      - {rule: amount >= 0, otherwise: reject}
  target:
    from: checked
    write: ${to}.schema.table
    mode: upsert
    key: [id]
verify: {after: full}
`,
  whole_database: (name, from, to) => `flow: ${name}
copy:
  from: ${from}
  include: ["*"]
  to: ${to}
  into: "ods_{table}"
  mode: replace
verify: {after: full}
`,
  blank: (name) => `flow: ${name}
steps: {}
`,
};
