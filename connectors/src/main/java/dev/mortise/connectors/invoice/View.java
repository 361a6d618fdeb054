package dev.mortise.connectors.invoice;

import dev.mortise.connectors.invoice.Survey.Sighting;
import dev.mortise.connectors.invoice.Tables.Met;
import dev.mortise.connectors.invoice.Told.Line;
import dev.mortise.connectors.invoice.Verdicts.Verdict;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A dataset of a folder: its columns, and where its rows come from.
///
/// @param <R> what a row is made of
sealed interface View<R> {
    List<View<?>> ALL = List.of(new Invoices(), new Items(), new Files());

    Table<R> table();

    /// How many rows a document has.
    int rows(Survey survey, int document);

    Feed<R> feed(Survey survey, Documents.Desk desk, ZoneId zone);

    static Optional<View<?>> find(String name) {
        return ALL.stream().filter(view -> view.table().name().equals(name)).findFirst();
    }

    record Invoices() implements View<Told> {
        @Override
        public Table<Told> table() {
            return Tables.INVOICE;
        }

        @Override
        public int rows(Survey survey, int document) {
            return survey.speaks(document) ? 1 : 0;
        }

        @Override
        public Feed<Told> feed(Survey survey, Documents.Desk desk, ZoneId zone) {
            return new Feed.OfInvoices<>(survey, desk, zone, List::of);
        }
    }

    record Items() implements View<Line> {
        @Override
        public Table<Line> table() {
            return Tables.ITEM;
        }

        @Override
        public int rows(Survey survey, int document) {
            return survey.speaks(document) ? survey.sighting(document).items() : 0;
        }

        @Override
        public Feed<Line> feed(Survey survey, Documents.Desk desk, ZoneId zone) {
            return new Feed.OfInvoices<>(survey, desk, zone, Told::lines);
        }
    }

    record Files() implements View<Met> {
        @Override
        public Table<Met> table() {
            return Tables.FILE;
        }

        @Override
        public int rows(Survey survey, int document) {
            return 1;
        }

        @Override
        public Feed<Met> feed(Survey survey, Documents.Desk desk, ZoneId zone) {
            return new Feed.OfFiles(survey);
        }
    }

    /// The rows of the documents of a survey. Asked for documents in their order, by one thread.
    ///
    /// @param <R> what a row is made of
    interface Feed<R> extends Closeable {
        List<R> rows(int document);

        @Override
        void close();

        /// Rows of which everything is in the survey.
        record OfFiles(Survey survey) implements Feed<Met> {
            @Override
            public List<Met> rows(int document) {
                Sighting seen = survey.sighting(document);
                return List.of(new Met(seen, survey.verdict(document), survey.file(seen.file())));
            }

            @Override
            public void close() {
                // Nothing is open.
            }
        }

        /// Rows for which the documents are read again; one file is open at a time.
        final class OfInvoices<R> implements Feed<R> {
            private final Survey survey;
            private final Documents.Desk desk;
            private final ZoneId zone;
            private final Function<Told, List<R>> rows;
            private @Nullable Documents open;
            private int file = -1;
            private int next;

            OfInvoices(
                    Survey survey, Documents.Desk desk, ZoneId zone, Function<Told, List<R>> rows) {
                this.survey = survey;
                this.desk = desk;
                this.zone = zone;
                this.rows = rows;
            }

            @Override
            public List<R> rows(int document) {
                if (!survey.speaks(document)) {
                    return List.of();
                }
                Sighting seen = survey.sighting(document);
                Listing.Entry entry = survey.file(seen.file());
                if (!(read(document, seen, entry) instanceof Document.Read read)
                        || !read.path().equals(seen.path())
                        || !read.invoice().number().equals(seen.number())) {
                    throw Listing.changed(seen.path());
                }
                Verdict verdict = survey.verdict(document);
                return rows.apply(new Told(read.invoice(), seen, verdict, entry, survey, zone));
            }

            private @Nullable Document read(int document, Sighting seen, Listing.Entry entry) {
                try {
                    if (file != seen.file() || document < next) {
                        reopen(seen.file(), entry);
                    }
                    Document found = null;
                    while (next <= document) {
                        found = Objects.requireNonNull(open).next();
                        next++;
                    }
                    return found;
                } catch (NoSuchFileException _) {
                    throw Listing.changed(entry.name());
                } catch (IOException e) {
                    throw Listing.problem("reading the file", entry.name(), e);
                }
            }

            private void reopen(int place, Listing.Entry entry) {
                close();
                entry.assertUnchanged();
                open = new Documents(entry, desk);
                file = place;
                next = survey.first(place);
            }

            @Override
            public void close() {
                try {
                    if (open != null) {
                        open.close();
                    }
                } catch (IOException e) {
                    throw Listing.problem("closing the file", survey.file(file).name(), e);
                } finally {
                    open = null;
                }
            }
        }
    }
}
