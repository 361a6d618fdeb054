package dev.mortise.connectors.mysql;

/// A row as it came over the wire, before the driver makes objects of its cells.
///
/// @param bytes the whole packet: a header, a bitmap of nulls, the cells one behind the other
record RawRow(byte[] bytes) {}
