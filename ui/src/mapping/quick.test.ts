import { describe, expect, it } from 'vitest';
import { beginShape, literalSql, literalText } from './quick';
import { readShape, SHAPES, writeShape } from './shapes';

describe('literals in forms', () => {
  it('are shown without quotes and written with them where they are text', () => {
    expect(literalText("'it''s'")).toBe("it's");
    expect(literalText('upper(a)')).toBe('upper(a)');
    expect(literalSql("it's", 'text')).toBe("'it''s'");
    expect(literalSql('12', 'decimal(18,2)')).toBe('12');
    expect(literalSql('12', 'text')).toBe("'12'");
    expect(literalSql('abc', 'int64')).toBe("'abc'");
    expect(literalSql('null', 'text')).toBe('null');
    expect(literalSql('true', 'bool')).toBe('true');
  });
});

describe('a form begun anew', () => {
  const around = { column: 'order no', targetType: 'date', typeOf: () => 'int64', sql: 'a + 1' };

  it.each(SHAPES)('is one that is read back: %s', (kind) => {
    const shape = beginShape(kind, readShape('a + 1'), around);
    expect(readShape(writeShape(shape))).toEqual(shape);
  });

  it('goes on with what the last one worked on', () => {
    const cast = readShape('cast(amt as date)');
    expect(writeShape(beginShape('parse_date', cast, around))).toBe(
      "cast(strptime(amt, '%Y-%m-%d') as date)",
    );
    expect(writeShape(beginShape('hash', cast, around))).toBe('sha256(cast(amt as varchar))');
    expect(writeShape(beginShape('column', readShape("'x'"), around))).toBe('"order no"');
  });
});
