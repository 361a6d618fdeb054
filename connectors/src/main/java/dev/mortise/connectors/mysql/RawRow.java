package dev.mortise.connectors.mysql;

/// A row as it came over the wire, before the driver makes objects of its cells.
final class RawRow {
    private final byte[] bytes;

    RawRow(byte[] bytes) {
        this.bytes = bytes;
    }

    /// The whole packet: a header, a bitmap of nulls, the cells one behind the other.
    byte[] bytes() {
        return bytes;
    }
}
