package dev.mortise.api.page;

import tools.jackson.core.JsonParser;

/// Records one after another, each of them at the parser, with its bytes at hand. Used by one
/// thread.
public interface Records extends AutoCloseable {
    /// Goes on to the first token of the next record; whoever stopped there before has read it to
    /// its end.
    ///
    /// @return false when there are no more
    boolean next();

    JsonParser parser();

    /// The array that holds the record under way.
    byte[] bytes();

    /// Where in [#bytes] a place is that the parser names: one in the record under way.
    int at(long place);

    /// How many records the parser has stopped at.
    long records();

    @Override
    void close();
}
