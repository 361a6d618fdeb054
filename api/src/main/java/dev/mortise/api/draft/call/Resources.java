package dev.mortise.api.draft.call;

import dev.mortise.api.draft.call.Resource.Column;
import dev.mortise.api.draft.call.Shape.Fields;
import dev.mortise.api.draft.call.Shape.Many;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Decides what each call means: whether it fetches records or takes rows, where the records stand,
/// how they page. The same for every format.
public final class Resources {
    /// More calls than this are left out, with a finding.
    public static final int RESOURCES_MAX = 1_000;

    /// Columns of all resources together; beyond it none are pinned.
    private static final int COLUMNS_MAX = 50_000;

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
        if (Writing.sendsFile(operation)) {
            return writing(operation);
        }
        Records records = Records.of(operation);
        String last = last(operation.path());
        boolean pages = PagingGuess.of(operation, records).isPresent();
        boolean asks = Intent.asks(operation.id(), last, operation.title());
        boolean changes = Intent.changes(operation.id(), last, operation.title());
        boolean reads =
                pages || (asks && !changes) || (records.many() && !changes && !creates(operation));
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

    /// Whether a call that lists what it is answered with may have made it: so answer those that
    /// take rows in bulk.
    private static boolean creates(Operation operation) {
        return operation.creates() || operation.request() instanceof Many(Fields _);
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

    /// @param given values that a row gives
    private Optional<Resource> reading(Operation operation, List<String> given) {
        return new Reading(findings, names, this::columns).of(operation, given);
    }

    private Optional<Resource> writing(Operation operation) {
        if (Asking.fits(operation, Records.of(operation))) {
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
