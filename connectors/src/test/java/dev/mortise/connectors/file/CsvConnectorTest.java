package dev.mortise.connectors.file;

import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.type.Schema;
import dev.mortise.testkit.contract.Rows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;

final class CsvConnectorTest implements FileFixture {
    private final Path folder;

    CsvConnectorTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Override
    public Path folder() {
        return folder;
    }

    @Override
    public String ending() {
        return ".csv";
    }

    @Override
    public void write(Path file, Schema schema, List<Batch> rows) throws IOException {
        StringBuilder csv = new StringBuilder(String.join(",", schema.names())).append("\r\n");
        for (var row : Rows.texts(rows)) {
            csv.append(row.stream().map(CsvConnectorTest::cell).collect(Collectors.joining(",")));
            csv.append("\r\n");
        }
        Files.writeString(file, csv);
    }

    private static String cell(String text) {
        return text == null ? "" : '"' + text.replace("\"", "\"\"") + '"';
    }
}
