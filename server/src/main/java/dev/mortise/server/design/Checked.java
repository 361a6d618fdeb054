package dev.mortise.server.design;

import dev.mortise.server.web.ProblemBody;
import dev.mortise.spi.type.Field;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What was found out of a flow.
///
/// @param problems all of them
/// @param steps in the order written
record Checked(List<ProblemBody.One> problems, Map<String, StepBody> steps) {
    /// One step.
    ///
    /// @param columns it gives; null when nobody could tell
    /// @param target of a step that writes; null when it was not reached
    /// @param staleKey as in a preview of the step
    record StepBody(
            String kind,
            List<String> inputs,
            @Nullable List<ColumnBody> columns,
            List<ProblemBody.One> problems,
            @Nullable TargetBody target,
            String staleKey) {}

    /// @param filled whether its system gives it a value where none is written
    record ColumnBody(
            String name, String type, boolean nullable, boolean filled, @Nullable String comment) {
        static ColumnBody of(Field field) {
            return new ColumnBody(
                    field.name(),
                    field.type().text(),
                    field.nullable(),
                    field.filled(),
                    field.comment());
        }
    }

    /// Where a step writes to.
    ///
    /// @param columns of the dataset when it exists, or else of the one that would be made
    /// @param ddl statements that would run; null when none would
    /// @param nativeTypes of the columns written, as the system spells them
    record TargetBody(
            List<ColumnBody> columns,
            List<String> key,
            @Nullable String ddl,
            String mode,
            boolean exists,
            Map<String, String> nativeTypes,
            List<String> notes) {}
}
