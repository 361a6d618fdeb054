package dev.mortise.api.draft.call;

import dev.mortise.api.draft.call.Operation.In;
import dev.mortise.api.draft.call.Operation.Param;
import dev.mortise.api.draft.call.Resource.Column;
import dev.mortise.api.draft.call.Resource.Wire;
import dev.mortise.spi.option.Tree;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Decides what each call means: whether it fetches records or takes rows, where the records stand,
/// how they page. The same for every format.
public final class Resources {
    /// More calls than this are left out, with a finding.
    public static final int RESOURCES_MAX = 1_000;

    /// Columns of all resources together; beyond it none are pinned.
    private static final int COLUMNS_MAX = 50_000;

    private static final int NOTES_MAX = 40;
    private static final int NAME_MAX = 200;
    private final Findings findings;
    private final Names names = new Names();
    private int columnsSoFar;

    public Resources(Findings findings) {
        this.findings = findings;
    }

    public List<Resource> of(List<Operation> operations) {
        List<Operation> sorted = new ArrayList<>(operations);
        sorted.sort(Comparator.comparing(Operation::path).thenComparing(Operation::method));
        List<Resource> resources = new ArrayList<>();
        Set<String> seen = new LinkedHashSet<>();
        for (Operation operation : sorted) {
            if (resources.size() >= RESOURCES_MAX) {
                findings.leftOut(
                        operation.place(),
                        "a draft has at most " + RESOURCES_MAX + " resources",
                        "import a part of the document");
                break;
            }
            String shape = operation.path().replaceAll("\\{[^}]*}", "{}");
            if (seen.add(operation.method() + " " + shape)) {
                resource(operation).ifPresent(resources::add);
            } else {
                findings.leftOut(
                        operation.place(),
                        operation.method() + " " + operation.path() + " stands here once more",
                        "");
            }
        }
        return resources;
    }

    private Optional<Resource> resource(Operation operation) {
        return switch (operation.method()) {
            case "GET" -> reading(operation, List.of());
            case "POST" -> posting(operation);
            case "PUT", "PATCH" -> writing(operation);
            default -> {
                findings.leftOut(
                        operation.place(),
                        operation.method()
                                + " "
                                + operation.path()
                                + " is left out: a resource reads or writes",
                        "");
                yield Optional.empty();
            }
        };
    }

    private Optional<Resource> posting(Operation operation) {
        Records records = records(operation);
        String last = last(operation.path());
        boolean pages = PagingGuess.of(operation, records).isPresent();
        boolean asks = Intent.asks(operation.id(), last, operation.title());
        boolean changes = Intent.changes(operation.id(), last, operation.title());
        boolean reads = pages || (asks && !changes) || (records.many() && !changes);
        if (!reads) {
            return writing(operation);
        }
        if (operation.sends() == Media.OTHER) {
            findings.leftOut(
                    operation.place(),
                    "POST " + operation.path() + " sends neither JSON, XML, CSV nor a form",
                    "");
            return Optional.empty();
        }
        return reading(operation, List.of());
    }

    private Records records(Operation operation) {
        boolean one = operation.path().endsWith("}");
        String subject = last(operation.path());
        return switch (operation.answers()) {
            case XML -> Records.ofXml(operation.answer(), one, subject);
            case CSV, NDJSON -> Records.ofLines(operation.answer());
            case JSON, FORM, MULTIPART, OTHER -> Records.of(operation.answer(), one, subject);
        };
    }

    /// Whether each record is a text, a number or a truth value.
    private static boolean isSingle(Operation operation, Records records) {
        return operation.answers() == Media.JSON && records.record() instanceof Shape.Value;
    }

    /// @param given values that a row gives
    private Optional<Resource> reading(Operation operation, List<String> given) {
        Records records = records(operation);
        if (operation.answers() == Media.XML && records.steps().isEmpty()) {
            findings.leftOut(
                    operation.place(),
                    operation.method()
                            + " "
                            + operation.path()
                            + " is answered with XML of which no element is told",
                    "");
            return Optional.empty();
        }
        Optional<PagingGuess.Found> paging =
                given.isEmpty() ? PagingGuess.of(operation, records) : Optional.empty();
        Set<String> used = paging.map(PagingGuess.Found::params).orElse(Set.of());
        boolean single = isSingle(operation, records);
        List<Column> columns =
                columns(single ? Records.single(records.record()) : records.record(), operation);
        Optional<String> key = Columns.key(columns, last(operation.path()));
        List<String> notes = new ArrayList<>();
        paging.ifPresent(
                found ->
                        findings.guessed(
                                operation.place(),
                                "paging '%s' of %s %s: %s"
                                        .formatted(
                                                found.paging().words().get("kind"),
                                                operation.method(),
                                                operation.path(),
                                                String.join(", ", found.paging().reasons()))));
        operation.ofBody().forEach(findings::add);
        options(operation, used, notes);
        Optional<Tree> body =
                operation
                        .body()
                        .map(tree -> BodyTemplate.without(tree, used))
                        .filter(_ -> !operation.method().equals("GET"));
        if (operation.body().isPresent() && body.isEmpty()) {
            findings.leftOut(operation.place(), "a GET sends a body, which is left out", "");
        }
        Map<String, String> params = params(operation, used, given);
        return Optional.of(
                new Resource(
                        names.unique(
                                Names.resource(
                                        operation.id(), operation.path(), operation.method())),
                        operation.title(),
                        operation.method(),
                        operation.path(),
                        params,
                        headers(operation),
                        body,
                        new Wire(operation.sends(), operation.answers(), single),
                        given,
                        records.path(),
                        paging.map(PagingGuess.Found::paging),
                        columns,
                        key.map(List::of).orElse(List.of()),
                        Optional.empty(),
                        Optional.empty(),
                        notes));
    }

    private List<Column> columns(Shape record, Operation operation) {
        if (columnsSoFar > COLUMNS_MAX) {
            findings.leftOut(
                    operation.place(),
                    "all resources together pin at most " + COLUMNS_MAX + " columns",
                    "import a part of the document");
            return List.of();
        }
        List<Column> columns = Columns.of(record, findings, operation.place());
        columnsSoFar += columns.size();
        return columns;
    }

    private Map<String, String> params(Operation operation, Set<String> used, List<String> given) {
        Map<String, String> params = new LinkedHashMap<>();
        for (Param param : operation.params()) {
            boolean asked = param.in() == In.PATH || (param.in() == In.QUERY && isSent(param));
            if (!asked || used.contains(param.name()) || given.contains(param.name())) {
                continue;
            }
            if (param.name().length() > NAME_MAX) {
                findings.leftOut(param.place(), "a parameter has a name that is too long", "");
                continue;
            }
            if (param.value().isEmpty()) {
                String why =
                        param.in() == In.PATH
                                ? "the path %s needs a value for '%s'"
                                : "%s needs a parameter '%s', which has no usual value";
                findings.fillIn(
                        param.place(),
                        why.formatted(operation.path(), Names.title(param.name())),
                        "put it in the place of " + FillIn.TEXT);
            }
            if (params.putIfAbsent(param.name(), param.value().orElse(FillIn.TEXT)) != null) {
                findings.leftOut(
                        param.place(),
                        "parameter '" + param.name() + "' is sent twice; the first is kept",
                        "");
            }
        }
        return params;
    }

    private static boolean isSent(Param param) {
        return param.required() || param.value().isPresent();
    }

    private static Map<String, String> headers(Operation operation) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (Param param : operation.params()) {
            if (param.in() == In.HEADER && param.value().isPresent()) {
                headers.putIfAbsent(param.name(), param.value().get());
            }
        }
        return headers;
    }

    /// What the call takes besides, as comments a person can turn into parameters.
    private static void options(Operation operation, Set<String> used, List<String> notes) {
        for (Param param : operation.params()) {
            boolean told = param.in() == In.PATH || isSent(param);
            if (told || used.contains(param.name())) {
                continue;
            }
            if (notes.size() >= NOTES_MAX) {
                notes.add("…");
                return;
            }
            String where =
                    switch (param.in()) {
                        case PATH, QUERY -> "";
                        case HEADER -> " (header)";
                        case BODY -> " (body)";
                    };
            String about = (param.title() + " " + param.choices()).strip();
            notes.add(
                    "may take "
                            + Names.title(param.name())
                            + where
                            + (about.isEmpty() ? "" : ": " + about));
        }
    }

    private Optional<Resource> writing(Operation operation) {
        if (Asking.fits(operation, records(operation))) {
            return reading(operation, Asking.given(operation));
        }
        return new Writing(findings).of(operation, names, this::columns);
    }

    /// The last word of a path that is no hole.
    public static String last(String path) {
        String[] segments = path.split("/", -1);
        for (int i = segments.length - 1; i >= 0; i--) {
            if (!segments[i].isEmpty() && !segments[i].contains("{")) {
                return segments[i];
            }
        }
        return "";
    }
}
