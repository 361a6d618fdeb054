package dev.mortise.connectors.http;

import dev.mortise.api.page.Format;
import dev.mortise.api.page.Shape;
import dev.mortise.api.paging.Paging;
import dev.mortise.api.paging.Slices;
import dev.mortise.connectors.http.Resource.Around;
import dev.mortise.spi.option.TreeReader;

/// Words of a resource that do not go together.
final class ReadCheck {
    private ReadCheck() {}

    static void check(
            TreeReader reader, Shape shape, Paging paging, Around around, boolean streams) {
        boolean paged = !(paging instanceof Paging.None);
        if (around.job().isPresent() && paged) {
            reader.invalid("paging", "to be left out beside 'job': an export is one page");
        }
        if (shape.each().isPresent() && !paging.after().isEmpty()) {
            reader.invalid("each", "a paging that does not look into records, not keyset or reset");
        }
        boolean capped = around.slices().map(Slices::cap).orElse(0) > 0;
        if (capped && streams) {
            reader.invalid("stream", "false beside a 'cap': a page is looked through before");
        }
        if (around.slices().isPresent() && around.forEach().isPresent()) {
            reader.invalid("slices", "to be left out beside 'for_each'");
        }
        boolean odata =
                paging instanceof Paging.NextLink link
                        && link.rules().end().marks().values().stream()
                                .anyMatch(
                                        path -> path.steps().getLast().matches("@odata.*|__next"));
        if (odata && reader.texts("params").containsKey("$skip")) {
            reader.invalid(
                    "params", "no '$skip' with odata: servers lose and repeat records by it");
        }
        boolean csv = shape.body().format().filter(format -> format == Format.CSV).isPresent();
        if (csv && reader.find("records").isPresent()) {
            reader.invalid("records", "to be left out with CSV, whose records are its rows");
        }
    }
}
