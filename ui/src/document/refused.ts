/** Why an edit was not made. The interface translates the reason by its code. */
export type RefusalCode =
  | 'anchored'
  | 'broken'
  | 'circle'
  | 'explicit_key'
  | 'name_invalid'
  | 'name_taken'
  | 'no_place'
  | 'not_found'
  | 'reads_take_no_rows'
  | 'sql_names_inputs'
  | 'step_limit'
  | 'too_long'
  | 'unsafe'
  | 'unreadable_steps'
  | 'writes_give_no_rows';

/** Thrown instead of damaging a document; the text stays as it was. */
export class EditRefused extends Error {
  readonly code: RefusalCode;
  readonly values: Readonly<Record<string, string | number>>;

  constructor(code: RefusalCode, values: Record<string, string | number> = {}) {
    super(`${code} ${JSON.stringify(values)}`);
    this.name = 'EditRefused';
    this.code = code;
    this.values = values;
  }
}
