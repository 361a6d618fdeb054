package dev.mortise.api.draft.call;

import dev.mortise.api.draft.call.Operation.In;
import dev.mortise.api.draft.call.Operation.Param;
import dev.mortise.api.draft.call.Resource.Column;
import dev.mortise.api.draft.call.Resource.Wire;
import dev.mortise.api.draft.call.Resource.Write;
import dev.mortise.api.draft.call.Shape.Fields;
import dev.mortise.api.draft.call.Shape.Many;
import dev.mortise.spi.type.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/// Makes resources of calls that take rows: a row, an array of rows, or either below one name. A
/// body of which nothing is told takes rows of any columns; of a call without a body the row gives
/// the values of its path.
final class Writing {
    private static final Shape FILE = Shape.of(Scalar.BYTES);

    private final Findings findings;

    Writing(Findings findings) {
        this.findings = findings;
    }

    /// @param columnsOf gives the columns of a row, within the limits of the whole draft
    Optional<Resource> of(
            Operation operation,
            Names names,
            BiFunction<Shape, Operation, List<Column>> columnsOf) {
        Optional<String> why = refusal(operation);
        if (why.isPresent()) {
            findings.leftOut(
                    operation.place(),
                    operation.method() + " " + operation.path() + " " + why.get(),
                    "");
            return Optional.empty();
        }
        Written written = written(operation);
        List<Column> columns = new ArrayList<>(columnsOf.apply(written.row, operation));
        boolean open = isOpen(operation, written);
        Target target = new Target(operation.path(), columns, open, findings);
        operation.params().forEach(target::add);
        if (target.key.isEmpty()) {
            Columns.key(columns, Resources.last(operation.path())).ifPresent(target.key::add);
        }
        boolean many = written.many && !operation.sends().isForm() && !target.path().contains("{");
        return Optional.of(
                new Resource(
                        names.unique(
                                Names.resource(operation.id(), operation.path(), verb(operation))),
                        operation.title(),
                        operation.method(),
                        target.path(),
                        Map.of(),
                        new Parameters(findings).headers(operation),
                        Optional.empty(),
                        new Wire(operation.sends(), Media.JSON, false),
                        List.of(),
                        "$",
                        Optional.empty(),
                        open ? List.of() : columns,
                        target.key,
                        Optional.of(
                                new Write(
                                        many,
                                        written.wrap,
                                        files(operation, columns),
                                        target.without)),
                        Optional.empty(),
                        notes(operation)));
    }

    /// Whether a row has a file among its values.
    static boolean sendsFile(Operation operation) {
        return operation.sends() == Media.MULTIPART
                && operation.request() instanceof Fields form
                && form.fields().containsValue(FILE);
    }

    private static List<String> files(Operation operation, List<Column> columns) {
        return columns.stream()
                .filter(_ -> sendsFile(operation))
                .filter(column -> column.type() == Scalar.BYTES)
                .map(Column::name)
                .toList();
    }

    private static String verb(Operation operation) {
        return operation.method().equals("POST") ? "create" : operation.method();
    }

    /// Why no row can be sent so; empty when one can.
    private static Optional<String> refusal(Operation operation) {
        Shape row = written(operation).row;
        if (operation.sends() == Media.OTHER) {
            return Optional.of("sends a body that is neither JSON, XML, CSV nor a form");
        }
        if (row instanceof Shape.Value || row instanceof Many) {
            return Optional.of("sends single values, a row has fields");
        }
        boolean rootless = operation.sends() == Media.XML && written(operation).wrap.equals("$");
        return rootless && !(operation.request() instanceof Shape.Nothing)
                ? Optional.of("sends XML and does not tell its root element")
                : Optional.empty();
    }

    /// Whether a row may have any columns: the document tells none of its body.
    private static boolean isOpen(Operation operation, Written written) {
        boolean told = written.row instanceof Fields fields && !fields.fields().isEmpty();
        boolean nothing =
                operation.request() instanceof Shape.Nothing && operation.path().contains("{");
        return !told && !nothing;
    }

    private static List<String> notes(Operation operation) {
        if (sendsFile(operation)) {
            return List.of("a file has the name in 'filename'; '{column}' takes it from the row");
        }
        return operation.request() instanceof Shape.Nothing
                ? List.of("it takes no body; a row gives the values of its path")
                : List.of();
    }

    /// @param wrap where in the body the row, or the array of rows, stands
    private record Written(Shape row, boolean many, String wrap) {}

    private static Written written(Operation operation) {
        Shape body = operation.request();
        if (operation.sends() == Media.XML && body instanceof Fields document) {
            return document(document);
        }
        boolean lines = operation.sends() == Media.CSV || operation.sends() == Media.NDJSON;
        if (lines && !(body instanceof Many)) {
            return new Written(body, true, "$");
        }
        boolean named = !operation.sends().isForm() && body instanceof Fields;
        return named ? inside((Fields) body) : plain(body);
    }

    private static Written plain(Shape body) {
        return body instanceof Many many
                ? new Written(many.items(), true, "$")
                : new Written(body, false, "$");
    }

    /// A row, or the array of rows, that is all there is in an object.
    private static Written inside(Fields fields) {
        if (fields.fields().size() != 1) {
            return plain(fields);
        }
        Map.Entry<String, Shape> only = fields.fields().entrySet().iterator().next();
        String wrap = Steps.path(List.of(only.getKey()));
        if (Steps.isUsable(only.getKey()) && only.getValue() instanceof Many(Fields row)) {
            return new Written(row, true, wrap);
        }
        if (Steps.isUsable(only.getKey()) && only.getValue() instanceof Fields row) {
            return new Written(row, false, wrap);
        }
        return plain(fields);
    }

    /// What stands below the root element, and in the only element there when that repeats.
    private static Written document(Fields document) {
        if (document.fields().size() != 1) {
            return plain(document);
        }
        Map.Entry<String, Shape> root = document.fields().entrySet().iterator().next();
        List<String> steps = new ArrayList<>(List.of(root.getKey()));
        if (root.getValue() instanceof Fields inner && inner.fields().size() == 1) {
            Map.Entry<String, Shape> only = inner.fields().entrySet().iterator().next();
            if (only.getValue() instanceof Many(Fields row)) {
                steps.add(only.getKey());
                return new Written(row, true, Steps.path(steps));
            }
        }
        return new Written(root.getValue(), false, Steps.path(steps));
    }

    /// Where rows go: the path with its query, and the columns that fill its holes.
    private static final class Target {
        private final StringBuilder query = new StringBuilder();
        private final String bare;
        private final List<Column> columns;
        private final boolean open;
        private final Findings findings;
        private final List<String> key = new ArrayList<>();
        private final List<String> without = new ArrayList<>();

        Target(String bare, List<Column> columns, boolean open, Findings findings) {
            this.bare = bare;
            this.columns = columns;
            this.open = open;
            this.findings = findings;
        }

        String path() {
            return bare + query;
        }

        void add(Param param) {
            if (param.in() == In.PATH) {
                key.add(column(param));
            } else if (param.in() == In.QUERY && (param.required() || param.value().isPresent())) {
                query(param);
            }
        }

        private void query(Param param) {
            String value = param.value().orElse(FillIn.TEXT);
            boolean hole = value.equals(FillIn.TEXT);
            boolean lost = value.contains("${env:") || (hole && !Addresses.isHole(param.name()));
            if (lost) {
                findings.leftOut(
                        param.place(),
                        "a resource that writes cannot send the parameter '"
                                + Names.title(param.name())
                                + "'; it is lost",
                        "");
                return;
            }
            query.append(query.isEmpty() ? '?' : '&').append(Addresses.encode(param.name()));
            query.append('=');
            query.append(hole ? "{" + column(param) + "}" : Addresses.encode(plain(value)));
        }

        /// The value itself: what is sent is not read by a definition any more.
        private static String plain(String value) {
            return value.replace("$${", "${");
        }

        /// The column whose value fills a hole; when the body has none, a new one that stays out
        /// of it.
        private String column(Param hole) {
            boolean known = columns.stream().anyMatch(c -> c.name().equals(hole.name()));
            if (known || open) {
                return hole.name();
            }
            var type = hole.shape() instanceof Shape.Value value ? value.type() : Scalar.TEXT;
            columns.add(new Column(hole.name(), type, hole.name(), hole.title()));
            without.add(hole.name());
            return hole.name();
        }
    }
}
