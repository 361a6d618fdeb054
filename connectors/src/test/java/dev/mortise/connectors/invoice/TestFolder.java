package dev.mortise.connectors.invoice;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.connect.Reads;
import dev.mortise.spi.connect.Scan;
import dev.mortise.testkit.contract.Reading;
import dev.mortise.testkit.contract.Rows;
import dev.mortise.testkit.contract.TestSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/// A folder of invoices that a test writes, and what a connection to it reads.
record TestFolder(Path path) {
    void put(String name, String text) throws IOException {
        put(name, text.getBytes(StandardCharsets.UTF_8));
    }

    void put(String name, byte[] bytes) throws IOException {
        Path file = path.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
    }

    /// An OFD file as issuers build it.
    ///
    /// @param attached the document in it; null for none
    static byte[] ofd(String ofdXml, @Nullable String attached) throws IOException {
        return attached == null
                ? zip("OFD.xml", ofdXml, "Doc_0/Document.xml", "<Document/>")
                : zip(
                        "OFD.xml",
                        ofdXml,
                        "Doc_0/Attachs/Attachments.xml",
                        "<Attachments/>",
                        "Doc_0/Attachs/original_invoice.xml",
                        attached);
    }

    /// An archive of names and contents: texts or bytes.
    static byte[] zip(Object... pairs) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (int i = 0; i < pairs.length; i += 2) {
                zip.putNextEntry(new ZipEntry(pairs[i].toString()));
                zip.write(
                        pairs[i + 1] instanceof byte[] content
                                ? content
                                : pairs[i + 1].toString().getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    Reads open(Map<String, ?> options) {
        Map<String, Object> all = new HashMap<>(options);
        all.put("path", path.toString());
        InvoiceFactory factory = new InvoiceFactory();
        return (Reads) factory.open(TestSettings.of(factory, all));
    }

    /// Rows as values by column; nulls are left out.
    List<Map<String, String>> read(String dataset, Map<String, ?> options) {
        try (Reads reads = open(options)) {
            return read(reads, dataset, Scan.ALL);
        }
    }

    List<Map<String, String>> read(String dataset) {
        return read(dataset, Map.of());
    }

    static List<Map<String, String>> read(Reads reads, String dataset, Scan scan) {
        List<Batch> batches = Reading.batches(reads, reads.describe(dataset), scan);
        return batches.isEmpty() ? List.of() : rows(batches);
    }

    static List<Map<String, String>> rows(List<Batch> batches) {
        List<String> names = batches.getFirst().schema().names();
        List<Map<String, String>> rows = new ArrayList<>();
        for (List<@Nullable String> texts : Rows.texts(batches)) {
            Map<String, String> row = new HashMap<>();
            for (int i = 0; i < texts.size(); i++) {
                String text = texts.get(i);
                if (text != null) {
                    row.put(names.get(i), text);
                }
            }
            rows.add(row);
        }
        return rows;
    }

    /// The row of a file.
    Map<String, String> file(String name) {
        return one(read("invoice_file"), "path", name);
    }

    /// The only row with a value.
    static Map<String, String> one(List<Map<String, String>> rows, String column, String value) {
        var found = rows.stream().filter(row -> value.equals(row.get(column))).toList();
        assertEquals(1, found.size(), () -> column + " " + value + " among " + rows);
        return found.getFirst();
    }
}
