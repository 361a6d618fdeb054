package dev.mortise.spi.connect;

import dev.mortise.spi.option.Option;
import dev.mortise.spi.option.Sentence;
import dev.mortise.spi.option.Settings;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.type.TypeRule;
import java.util.List;

/// What a connector tells about itself before anything is connected. Found by `ServiceLoader`.
/// Making a factory and asking it must cost nothing: no driver is loaded, no socket opened.
public interface ConnectorFactory {
    /// The word after `type:` in a connection, which is also the package's name.
    String type();

    /// What a person calls the system.
    Sentence title();

    /// What [#open] makes: which roles it plays shows without connecting to anything.
    Class<? extends Connector> connector();

    /// Every setting a connection may have, in the order a form shows them.
    List<Option> options();

    /// The same with all that is known of what stands below them. Knowing it may cost more than
    /// opening a connection needs: it is for forms, and for who looks for secrets in a text.
    default List<Option> described() {
        return options();
    }

    /// How native types and ours map; published, and tested by round trip.
    List<TypeRule> types();

    /// What [Settings#check] cannot see: options that exclude each other, the shape of a subtree.
    /// Connects to nothing.
    default List<Problem> check(Settings settings) {
        return List.of();
    }

    /// Makes a connector. Connects lazily: a wrong password shows at the first use.
    Connector open(Settings settings);
}
