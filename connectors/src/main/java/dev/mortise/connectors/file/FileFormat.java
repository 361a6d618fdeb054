package dev.mortise.connectors.file;

import dev.mortise.spi.type.Type;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// How one file, or the files of one pattern, are written.
///
/// @param gz whether the bytes are compressed by gzip
/// @param columns types the user fixed, in their order; the others are guessed
record FileFormat(
        Kind kind,
        boolean gz,
        Dialect dialect,
        Spelling spelling,
        Sheet sheet,
        Map<String, Type> columns) {

    /// What a file holds.
    enum Kind {
        CSV,
        TSV,
        JSONL,
        JSON,
        XLSX,
        PARQUET;

        boolean delimited() {
            return this == CSV || this == TSV;
        }
    }

    /// The marks of a delimited file.
    ///
    /// @param header whether the first row holds the names
    /// @param charset a name, or `auto`
    record Dialect(boolean header, byte delimiter, byte quote, String charset) {
        static final String AUTO = "auto";
        static final Dialect CSV = new Dialect(true, (byte) ',', (byte) '"', AUTO);
        static final Dialect TSV = new Dialect(true, (byte) '\t', (byte) '"', AUTO);
    }

    /// Where the table lies in a workbook.
    ///
    /// @param name empty for the first sheet
    /// @param headerRows how many rows name the columns, together
    record Sheet(String name, int headerRows) {
        static final Sheet FIRST = new Sheet("", 1);
    }

    FileFormat {
        columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    }

    static FileFormat of(Kind kind, boolean gz) {
        Dialect dialect = kind == Kind.TSV ? Dialect.TSV : Dialect.CSV;
        return new FileFormat(kind, gz, dialect, Spelling.PLAIN, Sheet.FIRST, Map.of());
    }
}
