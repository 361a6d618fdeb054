package dev.mortise.spi.digest;

import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.type.Schema;
import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/// The md5 of rows encoded as [CanonicalColumn] says.
final class CanonicalHash implements RowHash {
    private static final int HASH_BYTES = 16;

    private final int[] places;
    private final CanonicalForm[] forms;
    private final CanonicalText out = new CanonicalText();
    private final MessageDigest md5 = md5();
    private byte[] hashes = {};

    CanonicalHash(Schema schema, List<CanonicalColumn> columns) {
        this.places = RowDigest.places(schema, columns);
        this.forms = new CanonicalForm[places.length];
        for (int i = 0; i < places.length; i++) {
            forms[i] = CanonicalForm.of(schema.field(places[i]).type(), columns.get(i).type());
        }
    }

    private static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java knows MD5", e);
        }
    }

    @Override
    public void turnTo(Batch batch) {
        if (hashes.length < batch.rows() * HASH_BYTES) {
            hashes = new byte[batch.rows() * HASH_BYTES];
        }
        for (int row = 0; row < batch.rows(); row++) {
            encode(batch, row);
            md5.update(out.bytes(), 0, out.end());
            try {
                md5.digest(hashes, row * HASH_BYTES, HASH_BYTES);
            } catch (DigestException e) {
                throw new IllegalStateException("16 bytes hold an MD5", e);
            }
        }
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

    /// A row as it is hashed.
    String text(Batch batch, int row) {
        encode(batch, row);
        return new String(out.bytes(), 0, out.end(), StandardCharsets.UTF_8);
    }

    @Override
    public long of(int row) {
        return eight(row * HASH_BYTES);
    }

    /// The other half of the md5.
    long low(int row) {
        return eight(row * HASH_BYTES + 8);
    }

    private long eight(int start) {
        long value = 0;
        for (int i = start; i < start + 8; i++) {
            value = value << 8 | (hashes[i] & 0xff);
        }
        return value;
    }
}
