package dev.mortise.engine.run;

import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;

/// Where dead letters are kept: per flow, bundles with a name, each replaced whole. What is put
/// there is durable when the call returns.
public interface DeadLetterShelf {
    /// Names of a flow's bundles, in order.
    List<String> names(String flow);

    /// All bundles of a flow by their names.
    SortedMap<String, List<DeadLetter>> read(String flow);

    void replace(String flow, String name, List<DeadLetter> letters);

    /// Nothing happens where there is none.
    void delete(String flow, String name);

    /// One file a bundle.
    ///
    /// @param state the project's `.mortise` folder
    static DeadLetterShelf files(Path state) {
        return new DeadLetterFiles(state.resolve("dead"));
    }
}
