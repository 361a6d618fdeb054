package dev.mortise.engine.lineage;

import java.util.Locale;

/// How a column of a step has to do with a column of a dataset.
///
/// The first two and [#MAY] are about its values; the others decide which rows there are, and are
/// said of every column of the step.
public enum How {
    /// The same values, maybe under another name or in a wider type.
    COPIED,
    /// The result of an expression that names it.
    COMPUTED,
    /// A condition names it, or the order in which rows are picked.
    FILTERED_BY,
    /// Rows are put together by it, or an API is asked with it.
    JOINED_ON,
    /// Rows become one by it: a group, a distinct, a de-duplication.
    GROUPED_BY,
    /// It finds the row in the target.
    KEY,
    /// An incremental read follows it.
    CURSOR,
    /// Not known: the SQL does not say it plainly, or only the order of rows depends on it.
    MAY;

    /// As people and JSON read it: `filtered-by`.
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
