package dev.mortise.connectors.mysql;

import java.sql.SQLDataException;
import java.util.Calendar;
import org.mariadb.jdbc.client.ColumnDecoder;
import org.mariadb.jdbc.client.Context;
import org.mariadb.jdbc.client.ReadableByteBuf;
import org.mariadb.jdbc.client.socket.Writer;
import org.mariadb.jdbc.client.util.MutableInt;
import org.mariadb.jdbc.plugin.Codec;

/// Hands out the packet behind a row of the binary protocol, through the driver's own extension
/// point: asking the driver for one cell after the other costs more than decoding the whole row.
public final class RawRowCodec implements Codec<RawRowCodec.RawRow> {
    @Override
    public String className() {
        return RawRow.class.getName();
    }

    @Override
    public boolean canDecode(ColumnDecoder column, Class<?> type) {
        return type == RawRow.class;
    }

    @Override
    public boolean canEncode(Object value) {
        return false;
    }

    @Override
    public RawRow decodeText(
            ReadableByteBuf buffer,
            MutableInt fieldLength,
            ColumnDecoder column,
            Calendar calendar,
            Context context)
            throws SQLDataException {
        throw new SQLDataException("rows are read over the binary protocol only");
    }

    @Override
    public RawRow decodeBinary(
            ReadableByteBuf buffer,
            MutableInt fieldLength,
            ColumnDecoder column,
            Calendar calendar,
            Context context) {
        return new RawRow(buffer.buf());
    }

    @Override
    public void encodeText(
            Writer encoder, Context context, Object value, Calendar calendar, Long length) {
        throw new IllegalStateException("a raw row is only read");
    }

    @Override
    public int getApproximateTextProtocolLength(Object value, Long length) {
        return 0;
    }

    @Override
    public void encodeBinary(
            Writer encoder, Context context, Object value, Calendar calendar, Long length) {
        throw new IllegalStateException("a raw row is only read");
    }

    @Override
    public int getBinaryEncodeType() {
        return 0;
    }

    /// A row as it came over the wire, before the driver makes objects of its cells.
    static final class RawRow {
        private final byte[] bytes;

        RawRow(byte[] bytes) {
            this.bytes = bytes;
        }

        /// The whole packet: a header, a bitmap of nulls, the cells one behind the other.
        byte[] bytes() {
            return bytes;
        }
    }
}
