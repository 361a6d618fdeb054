package dev.mortise.spi.option;

/// A spot in a document a user wrote. Lines and columns count from 1; 0 means unknown.
public record Place(String file, int line, int column) {
    public static final Place NOWHERE = new Place("", 0, 0);

    @Override
    public String toString() {
        return line == 0 ? file : file + ":" + line + ":" + column;
    }
}
