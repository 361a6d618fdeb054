package dev.mortise.connectors.invoice;

import dev.mortise.spi.connect.Dataset;
import dev.mortise.spi.connect.Health;
import dev.mortise.spi.connect.Reads;
import dev.mortise.spi.connect.Scan;
import dev.mortise.spi.connect.Snapshot;
import dev.mortise.spi.problem.Nearest;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// One folder of invoices. Keeps no file open between calls.
final class InvoiceConnector implements Reads {
    private final Folder folder;

    InvoiceConnector(Folder folder) {
        this.folder = folder;
    }

    @Override
    public Health check() {
        try {
            boolean readable = Files.isReadable(folder.root());
            return readable
                    ? new Health(List.of(Health.Step.PRIVILEGE), Optional.empty(), "")
                    : new Health(List.of(), Optional.of(unreadable()), "");
        } catch (ProblemException e) {
            return new Health(List.of(), Optional.of(e.problem()), "");
        }
    }

    private Problem unreadable() {
        return new Problem(
                ProblemCode.PRIVILEGE_MISSING,
                "expected leave to read the folder, got none",
                folder.root().toString(),
                "let the user that runs this read the folder");
    }

    @Override
    public List<String> datasets(String pattern) {
        folder.root();
        Pattern wanted = Listing.glob(pattern);
        return names().stream().filter(name -> wanted.matcher(name).matches()).sorted().toList();
    }

    private static List<String> names() {
        return View.ALL.stream().map(view -> view.table().name()).toList();
    }

    @Override
    public Dataset describe(String name) {
        Table<?> table = view(name).table();
        return Dataset.of(name, table.schema(), table.key());
    }

    private static View<?> view(String name) {
        return View.find(name)
                .orElseThrow(
                        () ->
                                ProblemException.of(
                                                ProblemCode.DATASET_MISSING,
                                                "no dataset '" + name + "' in a folder of invoices",
                                                Nearest.fix(name, names()))
                                        .at(name));
    }

    @Override
    public Snapshot snapshot(Dataset dataset, Scan scan) {
        return new InvoiceSnapshot<>(view(dataset.name()), folder, scan);
    }

    @Override
    public void close() {
        folder.forget();
    }
}
