package dev.mortise.api.cassette;

import dev.mortise.api.cassette.Result.Sums;
import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.batch.Cell;
import dev.mortise.spi.batch.Column;
import dev.mortise.spi.connect.Dataset;
import dev.mortise.spi.connect.RejectedRow;
import dev.mortise.spi.type.Field;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Sums up rows while they are read, in order. Where the API stands is no part of a value: a link
/// of it counts as the same elsewhere. Used by one thread.
final class Tally {
    private static final String NULL = "\u0000";
    private static final int HASH = 16;
    private static final int ROW_HASH = 8;

    private final Dataset dataset;
    private final String origin;
    private final List<MessageDigest> columns = new ArrayList<>();
    private final MessageDigest all = sha256();
    private final List<String> byRow = new ArrayList<>();
    private final Set<String> keys = new HashSet<>();
    private long rows;
    private long rejected;
    private long repeated;

    Tally(Dataset dataset, String origin) {
        this.dataset = dataset;
        this.origin = origin;
        dataset.schema().fields().forEach(_ -> columns.add(sha256()));
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java knows SHA-256", e);
        }
    }

    static String hex(MessageDigest digest, int digits) {
        return HexFormat.of().formatHex(digest.digest()).substring(0, digits);
    }

    void add(Batch batch) {
        for (int row = 0; row < batch.rows(); row++) {
            MessageDigest digest = sha256();
            StringBuilder key = new StringBuilder();
            for (int place = 0; place < columns.size(); place++) {
                String text = text(batch, place, row);
                byte[] bytes = (text.length() + ":" + text).getBytes(StandardCharsets.UTF_8);
                columns.get(place).update(bytes);
                digest.update(bytes);
                if (dataset.key().contains(batch.field(place).name())) {
                    key.append(text.length()).append(':').append(text);
                }
            }
            String hash = hex(digest, HASH);
            all.update(hash.getBytes(StandardCharsets.US_ASCII));
            if (byRow.size() < Sums.ROWS_MAX) {
                byRow.add(hash.substring(0, ROW_HASH));
            }
            repeated += dataset.key().isEmpty() || keys.add(key.toString()) ? 0 : 1;
            rows++;
        }
    }

    private String text(Batch batch, int place, int row) {
        Column column = batch.column(place);
        return column.isNull(row)
                ? NULL
                : Cell.text(batch.field(place).type(), column, row)
                        .replace(origin, Concealing.ORIGIN);
    }

    void reject(RejectedRow row) {
        all.update(row.problem().code().name().getBytes(StandardCharsets.US_ASCII));
        rejected++;
    }

    /// Rows whose key an earlier row had.
    long repeated() {
        return repeated;
    }

    /// Ends the sums.
    Result result() {
        Map<String, String> types = new LinkedHashMap<>();
        Map<String, String> byColumn = new LinkedHashMap<>();
        List<Field> fields = dataset.schema().fields();
        for (int i = 0; i < fields.size(); i++) {
            types.put(fields.get(i).name(), fields.get(i).type().text());
            byColumn.put(fields.get(i).name(), hex(columns.get(i), HASH));
        }
        Sums sums = new Sums(rows, rejected, hex(all, HASH), byColumn, byRow);
        return new Result(types, dataset.key(), sums);
    }
}
