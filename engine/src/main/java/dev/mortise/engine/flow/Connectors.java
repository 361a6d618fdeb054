package dev.mortise.engine.flow;

import dev.mortise.spi.connect.ConnectorFactory;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;

/// The connectors there are, by the word after `type:`. Asking loads no driver.
public final class Connectors {
    private final Map<String, ConnectorFactory> factories = new TreeMap<>();

    private Connectors(Iterable<ConnectorFactory> factories) {
        factories.forEach(factory -> this.factories.put(factory.type(), factory));
    }

    /// Those on the class path.
    public static Connectors installed() {
        return new Connectors(ServiceLoader.load(ConnectorFactory.class));
    }

    public static Connectors of(ConnectorFactory... factories) {
        return new Connectors(List.of(factories));
    }

    public Optional<ConnectorFactory> factory(String type) {
        return Optional.ofNullable(factories.get(type));
    }

    /// The words known, sorted.
    public Collection<String> types() {
        return List.copyOf(factories.keySet());
    }
}
