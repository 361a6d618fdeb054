import type { KeyboardEvent, PointerEvent, ReactNode, RefObject } from 'react';
import { visible, type Pane } from '../../mapping/geometry';
import type { Side } from '../../mapping/keys';

type Props = {
  side: Side;
  id: string;
  label: string;
  names: readonly string[];
  pane: Pane;
  box: RefObject<HTMLDivElement | null>;
  /** The marked row. */
  at: number;
  selected: string | undefined;
  /** A row over which something is held. */
  over?: string | undefined;
  carried?: string | undefined;
  onScroll: () => void;
  onKeyDown: (event: KeyboardEvent) => void;
  onFocus: () => void;
  onPress: (name: string, index: number) => void;
  onPointerDown?: (name: string, event: PointerEvent<HTMLElement>) => void;
  handlers?: Record<string, unknown>;
  children: (name: string) => ReactNode;
};

/** One side of the mapping. Only the rows in view are drawn; the marked one is named to readers. */
export function FieldList(props: Props) {
  const { side, id, label, names, pane, box, at, selected, over, carried } = props;
  const { first, last } = visible(names.length, pane);
  const marked = Math.min(at, names.length - 1);
  const rows = names.slice(first, last).map((name, i) => {
    const index = first + i;
    const classes = ['field', side];
    if (index === marked) classes.push('marked');
    if (name === selected) classes.push('selected');
    if (name === over) classes.push('over');
    if (name === carried) classes.push('carried');
    return (
      <div
        key={name}
        id={`${id}-${index}`}
        role="option"
        aria-selected={name === selected}
        aria-setsize={names.length}
        aria-posinset={index + 1}
        className={classes.join(' ')}
        style={{ top: index * pane.row, height: pane.row }}
        {...(side === 'target' ? { 'data-target': name } : { 'data-source': name })}
        onClick={() => props.onPress(name, index)}
        onPointerDown={(event) => props.onPointerDown?.(name, event)}
        {...props.handlers}
      >
        {props.children(name)}
      </div>
    );
  });
  return (
    <div
      ref={box}
      className={`field-list ${side}`}
      role="listbox"
      aria-label={label}
      tabIndex={0}
      aria-activedescendant={marked >= first && marked < last ? `${id}-${marked}` : undefined}
      onScroll={props.onScroll}
      onKeyDown={props.onKeyDown}
      onFocus={props.onFocus}
    >
      <div className="field-rows" style={{ height: names.length * pane.row }}>
        {rows}
      </div>
    </div>
  );
}
