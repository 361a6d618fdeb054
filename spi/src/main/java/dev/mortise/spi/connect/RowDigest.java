package dev.mortise.spi.connect;

import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.type.Schema;
import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The checksums of [Verifies] computed here, row by row, for systems that cannot, and the measure
/// of those that can. Used by one thread; sums of several add up with [Digest#plus].
public final class RowDigest {
    private final Encoder row;
    private final Encoder key;
    private final Digest[] sums;

    /// @param schema of the batches that will come
    /// @param columns what is compared, in order
    /// @param key what buckets are made of; empty puts every row into bucket 0
    public RowDigest(
            Schema schema, List<CanonicalColumn> columns, List<CanonicalColumn> key, int buckets) {
        this.row = new Encoder(schema, columns);
        this.key = new Encoder(schema, key);
        this.sums = new Digest[buckets];
        Arrays.fill(sums, Digest.NONE);
    }

    public void add(Batch batch) {
        long[] counts = new long[sums.length];
        long[] highs = new long[sums.length];
        long[] lows = new long[sums.length];
        for (int i = 0; i < batch.rows(); i++) {
            int bucket = bucket(batch, i);
            row.hash(batch, i);
            counts[bucket]++;
            highs[bucket] += row.high();
            lows[bucket] += row.low();
        }
        for (int i = 0; i < sums.length; i++) {
            sums[i] = sums[i].plus(new Digest(counts[i], highs[i], lows[i]));
        }
    }

    /// The bucket that a row's key falls into.
    public int bucket(Batch batch, int row) {
        if (sums.length == 1 || key.isEmpty()) {
            return 0;
        }
        key.hash(batch, row);
        return (int) ((key.high() >>> 4) % sums.length);
    }

    /// One digest a bucket, of all rows added so far.
    public List<Digest> digests() {
        return List.of(sums);
    }

    /// The digest of one row.
    public Digest of(Batch batch, int place) {
        row.hash(batch, place);
        return new Digest(1, row.high(), row.low());
    }

    /// A row as it is hashed, for people and tests.
    public String encoding(Batch batch, int place) {
        return row.text(batch, place);
    }

    /// Encodes and hashes some columns of a row.
    private static final class Encoder {
        private final int[] places;
        private final CanonicalForm[] forms;
        private final CanonicalText out = new CanonicalText();
        private final MessageDigest md5 = md5();
        private final byte[] hash = new byte[16];

        Encoder(Schema schema, List<CanonicalColumn> columns) {
            List<CanonicalForm> found = new ArrayList<>();
            this.places = new int[columns.size()];
            for (int i = 0; i < places.length; i++) {
                String name = columns.get(i).name();
                places[i] = schema.indexOf(name);
                if (places[i] < 0) {
                    throw new IllegalArgumentException(
                            "no column '" + name + "' among " + schema.names());
                }
                found.add(CanonicalForm.of(schema.field(places[i]).type(), columns.get(i).type()));
            }
            this.forms = found.toArray(CanonicalForm[]::new);
        }

        private static MessageDigest md5() {
            try {
                return MessageDigest.getInstance("MD5");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java knows MD5", e);
            }
        }

        boolean isEmpty() {
            return places.length == 0;
        }

        private void encode(Batch batch, int row) {
            out.clear();
            for (int i = 0; i < places.length; i++) {
                if (batch.column(places[i]).isNull(row)) {
                    out.put('N');
                } else {
                    int start = out.end();
                    forms[i].write(batch.column(places[i]), row, out);
                    out.prefix(start);
                }
            }
        }

        String text(Batch batch, int row) {
            encode(batch, row);
            return new String(out.bytes(), 0, out.end(), StandardCharsets.UTF_8);
        }

        void hash(Batch batch, int row) {
            encode(batch, row);
            md5.update(out.bytes(), 0, out.end());
            try {
                md5.digest(hash, 0, hash.length);
            } catch (DigestException e) {
                throw new IllegalStateException("16 bytes hold an MD5", e);
            }
        }

        long high() {
            return eight(0);
        }

        long low() {
            return eight(8);
        }

        private long eight(int start) {
            long value = 0;
            for (int i = start; i < start + 8; i++) {
                value = value << 8 | (hash[i] & 0xff);
            }
            return value;
        }
    }
}
