package dev.mortise.connectors.invoice;

import dev.mortise.connectors.invoice.Document.Kind;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/// The documents of one file on the disk, one after another and always in the same order: the file
/// itself, or what its archive holds and then the archive. What cannot be read comes as
/// [Document.Unreadable]; only a failing disk is thrown. Used by one thread.
final class Documents implements Closeable {
    private static final Pattern NUMBER = Pattern.compile("(?<!\\d)\\d{20}(?!\\d)");
    private static final Pattern OUTSIDE =
            Pattern.compile("[/\\\\].*|[A-Za-z]:.*|(.*[/\\\\])?\\.\\.([/\\\\].*)?|.*\\x00.*");

    private final Listing.Entry file;
    private final Desk desk;
    private final ArchiveGuard guard;
    private final Deque<Level> levels = new ArrayDeque<>();
    private final Set<String> paths = new HashSet<>();
    private int entered;
    private boolean begun;

    /// What is used again for every file.
    record Desk(InvoiceXml xml, Assembly assembly, Limits limits) {}

    /// An archive being read.
    private record Level(String path, Entries entries) {}

    Documents(Listing.Entry file, Desk desk) {
        this.file = file;
        this.desk = desk;
        this.guard = new ArchiveGuard(desk.limits(), file.bytes());
    }

    /// The next document, or null at the end.
    @Nullable Document next() throws IOException {
        if (!begun) {
            begun = true;
            Document only = first();
            if (only != null) {
                return only;
            }
        }
        Document found = null;
        while (found == null && !levels.isEmpty()) {
            found = step(levels.getLast());
        }
        return found;
    }

    private @Nullable Document first() throws IOException {
        String path = file.name();
        try {
            return switch (file.kind()) {
                case PDF -> pictured(path);
                case XML -> xml(path, file::open);
                case OFD -> {
                    try (Entries entries = entries()) {
                        yield ofd(path, entries);
                    }
                }
                case ZIP -> {
                    levels.addLast(new Level(path, entries()));
                    yield null;
                }
            };
        } catch (IOException e) {
            return unreadable(path, file.kind(), e);
        }
    }

    private Entries entries() throws IOException {
        return Entries.of(file.path(), file.bytes(), guard, file::open);
    }

    /// Takes one entry of the innermost archive; null when it is none of ours.
    private @Nullable Document step(Level level) throws IOException {
        String name;
        try {
            name = level.entries().next();
        } catch (IOException e) {
            leave();
            return unreadable(level.path(), Kind.ZIP, e);
        }
        if (name == null) {
            leave();
            return new Document.Opened(level.path(), Kind.ZIP);
        }
        Kind kind = Kind.of(name);
        return kind == null ? null : entry(level, name, kind);
    }

    private void leave() throws IOException {
        levels.removeLast().entries().close();
    }

    private @Nullable Document entry(Level level, String name, Kind kind) throws IOException {
        entered++;
        if (name.length() > Limits.NAME_CHARS_MAX || OUTSIDE.matcher(name).matches()) {
            String shown = name.length() > 100 ? name.substring(0, 100) + "…" : name;
            return new Document.Unreadable(
                    level.path() + "!/?" + entered,
                    kind,
                    "expected a path inside the archive, got '" + shown + "'");
        }
        String path = distinct(level.path() + "!/" + name);
        try {
            return switch (kind) {
                case PDF -> pictured(path);
                case XML -> xml(path, level.entries()::open);
                case OFD -> {
                    try (Entries inner = Entries.of(held(level), guard)) {
                        yield ofd(path, inner);
                    }
                }
                case ZIP -> enter(path, level);
            };
        } catch (IOException e) {
            return unreadable(path, kind, e);
        }
    }

    /// An archive may hold two entries of one name; each file of ours has its own path.
    private String distinct(String path) {
        return paths.add(path) ? path : path + "#" + entered;
    }

    private InputStream held(Level level) throws IOException {
        try (InputStream in = level.entries().open()) {
            return new ByteArrayInputStream(guard.document(in));
        }
    }

    private @Nullable Document enter(String path, Level level) throws IOException {
        if (levels.size() > Limits.NESTED_MAX) {
            throw new Refusal(
                    "expected archives in archives %d deep, got more; unpack it"
                            .formatted(Limits.NESTED_MAX));
        }
        levels.addLast(new Level(path, Entries.of(level.entries().open(), guard)));
        return null;
    }

    private static Document pictured(String path) {
        Matcher number = NUMBER.matcher(path.substring(path.lastIndexOf('/') + 1));
        return new Document.Pictured(path, Kind.PDF, number.find() ? number.group() : null);
    }

    private Document xml(String path, Entries.Opening opening) throws IOException {
        byte[] bytes;
        try (InputStream in = opening.open()) {
            bytes = guard.document(in);
        }
        Invoice invoice = desk.assembly().invoice(desk.xml().invoice(bytes));
        return new Document.Read(path, Kind.XML, invoice, 0);
    }

    private Document ofd(String path, Entries entries) throws IOException {
        OfdReader.Found found = new OfdReader(desk.xml()).read(entries, guard);
        Invoice invoice = desk.assembly().invoice(found.draft());
        if (found.doubt() != null) {
            List<String> faults = new ArrayList<>(invoice.faults());
            faults.add(found.doubt());
            invoice = invoice.with(faults);
        }
        return new Document.Read(path, Kind.OFD, invoice, found.attached() ? 1 : 2);
    }

    /// The finding of a document that is damaged or not allowed.
    ///
    /// @throws IOException when the disk failed, for then nothing is known of the document
    private static Document unreadable(String path, Kind kind, IOException e) throws IOException {
        String finding =
                switch (e) {
                    case Refusal refusal -> refusal.finding();
                    case ZipException _ ->
                            "expected a whole archive, it is damaged: " + e.getMessage();
                    case EOFException _ -> "expected a whole archive, it ends too early";
                    case AccessDeniedException _ -> "expected leave to read the file, got none";
                    default -> throw e;
                };
        return new Document.Unreadable(path, kind, Limits.shortened(finding));
    }

    @Override
    public void close() throws IOException {
        while (!levels.isEmpty()) {
            leave();
        }
    }
}
