package dev.mortise.connectors.file;

import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.batch.RowJson;
import dev.mortise.spi.type.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

final class JsonLinesConnectorTest implements FileFixture {
    private final Path folder;

    JsonLinesConnectorTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Override
    public Path folder() {
        return folder;
    }

    @Override
    public String ending() {
        return ".jsonl";
    }

    @Override
    public void write(Path file, Schema schema, List<Batch> rows) throws IOException {
        StringBuilder json = new StringBuilder();
        for (Batch batch : rows) {
            for (int row = 0; row < batch.rows(); row++) {
                json.append(RowJson.of(batch, row)).append('\n');
            }
        }
        Files.writeString(file, json);
    }
}
