package dev.mortise.connectors.file;

import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.connect.WriteMode;
import dev.mortise.spi.type.Schema;
import dev.mortise.testkit.contract.Rows;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;

final class XlsxConnectorTest implements FileFixture {
    private final Path folder;

    XlsxConnectorTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Override
    public Path folder() {
        return folder;
    }

    @Override
    public String ending() {
        return ".xlsx";
    }

    @Override
    public Set<WriteMode> modes() {
        return EnumSet.of(WriteMode.REPLACE);
    }

    @Override
    public void write(Path file, Schema schema, List<Batch> rows) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                Workbook workbook = new Workbook(out, "test", "1.0")) {
            var sheet = workbook.newWorksheet("Rows");
            for (int i = 0; i < schema.size(); i++) {
                sheet.value(0, i, schema.field(i).name());
            }
            int at = 1;
            for (var row : Rows.texts(rows)) {
                put(sheet, at++, row);
            }
        }
    }

    private static void put(Worksheet sheet, int at, List<@Nullable String> row) {
        for (int i = 0; i < row.size(); i++) {
            if (row.get(i) != null) {
                sheet.value(at, i, row.get(i));
            }
        }
    }
}
