package dev.mortise.engine.plan;

import dev.mortise.spi.connect.Dataset;
import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Scalar;
import java.util.List;
import java.util.regex.Pattern;

/// Columns that an incremental read could follow.
public final class CursorCandidates {
    private static final Pattern MOVING = Pattern.compile("(?i).*(upd|modif|chang|last|更新|修改).*");

    private CursorCandidates() {}

    /// Columns that move with every write, as far as their type, name and comment tell.
    public static List<String> of(Dataset dataset) {
        return dataset.schema().fields().stream()
                .filter(f -> f.type() == Scalar.TIMESTAMP || f.type() == Scalar.TIMESTAMPTZ)
                .filter(CursorCandidates::moves)
                .map(Field::name)
                .toList();
    }

    private static boolean moves(Field field) {
        String comment = field.comment() == null ? "" : field.comment();
        return MOVING.matcher(field.name()).matches() || MOVING.matcher(comment).matches();
    }
}
