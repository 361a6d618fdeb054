package dev.mortise.api.draft.call;

import dev.mortise.api.draft.call.Operation.In;
import dev.mortise.api.draft.call.Operation.Param;
import dev.mortise.api.draft.call.Resource.Column;
import dev.mortise.api.draft.call.Resource.Write;
import dev.mortise.api.draft.call.Shape.Fields;
import dev.mortise.api.draft.call.Shape.Many;
import dev.mortise.spi.type.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/// Makes resources of calls that take rows: a row, an array of rows, or either below one name.
final class Writing {
    private final Findings findings;

    Writing(Findings findings) {
        this.findings = findings;
    }

    /// @param columnsOf gives the columns of a row, within the limits of the whole draft
    Optional<Resource> of(
            Operation operation,
            Names names,
            BiFunction<Shape, Operation, List<Column>> columnsOf) {
        Written written = written(operation.request());
        if (operation.form() || !(written.row instanceof Fields)) {
            String why = operation.form() ? "sends a form, not JSON" : "tells no fields of a row";
            findings.leftOut(
                    operation.place(), operation.method() + " " + operation.path() + " " + why, "");
            return Optional.empty();
        }
        List<Column> columns = new ArrayList<>(columnsOf.apply(written.row, operation));
        boolean keyed = operation.path().contains("{");
        List<String> key = new ArrayList<>();
        for (Param param : operation.params()) {
            if (param.in() == In.PATH) {
                key.add(column(param, columns));
            } else if (param.in() == In.QUERY && param.value().isPresent()) {
                findings.leftOut(
                        param.place(),
                        "a resource that writes sends no parameters; '"
                                + param.name()
                                + "' is lost",
                        "");
            }
        }
        if (key.isEmpty()) {
            Columns.key(columns, Resources.last(operation.path())).ifPresent(key::add);
        }
        return Optional.of(
                new Resource(
                        names.unique(
                                Names.resource(operation.id(), operation.path(), verb(operation))),
                        operation.title(),
                        operation.method(),
                        operation.path(),
                        Map.of(),
                        Map.of(),
                        Optional.empty(),
                        "$",
                        Optional.empty(),
                        columns,
                        key,
                        Optional.of(new Write(written.many && !keyed, written.wrap)),
                        Optional.empty(),
                        List.of()));
    }

    private static String verb(Operation operation) {
        return operation.method().equals("POST") ? "create" : operation.method();
    }

    /// The column whose value fills a hole of the path; a new one when the body has none.
    private static String column(Param hole, List<Column> columns) {
        for (Column column : columns) {
            if (column.name().equals(hole.name())) {
                return column.name();
            }
        }
        var type = hole.shape() instanceof Shape.Value value ? value.type() : Scalar.TEXT;
        // An object of this name in the body already has its path.
        boolean taken = columns.stream().anyMatch(c -> c.path().startsWith(hole.name() + "."));
        String path = taken ? hole.name() + "_of_path" : hole.name();
        columns.add(new Column(hole.name(), type, path, hole.title()));
        return hole.name();
    }

    /// @param wrap where in the body the row, or the array of rows, stands
    private record Written(Shape row, boolean many, String wrap) {}

    private static Written written(Shape body) {
        if (body instanceof Fields fields && fields.fields().size() == 1) {
            Map.Entry<String, Shape> only = fields.fields().entrySet().iterator().next();
            boolean named = Records.STEP.matcher(only.getKey()).matches();
            String wrap = "$." + only.getKey();
            if (named && only.getValue() instanceof Many(Fields row)) {
                return new Written(row, true, wrap);
            }
            if (named && only.getValue() instanceof Fields row) {
                return new Written(row, false, wrap);
            }
        }
        return body instanceof Many many
                ? new Written(many.items(), true, "$")
                : new Written(body, false, "$");
    }
}
