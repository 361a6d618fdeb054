package dev.mortise.engine.flow;

import dev.mortise.spi.connect.Connector;
import dev.mortise.spi.connect.ConnectorFactory;
import dev.mortise.spi.option.Place;
import dev.mortise.spi.option.Settings;

/// A configured instance of a connector, its settings checked but nothing connected yet.
public record Connection(String name, ConnectorFactory factory, Settings settings, Place place) {
    public String type() {
        return factory.type();
    }

    /// Connects lazily: a wrong password shows at the first use. The caller closes it.
    public Connector open() {
        return factory.open(settings);
    }
}
