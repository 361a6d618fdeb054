package dev.mortise.server.run;

import dev.mortise.spi.connect.Connector;
import dev.mortise.spi.connect.ConnectorFactory;
import dev.mortise.spi.option.Option;
import dev.mortise.spi.option.Sentence;
import dev.mortise.spi.option.Settings;
import dev.mortise.spi.type.TypeRule;
import java.util.List;

/// A connector that fails as one does whose classes do not fit each other.
public final class BrokenFactory implements ConnectorFactory {
    @Override
    public String type() {
        return "broken";
    }

    @Override
    public Sentence title() {
        return Sentence.of("For tests.", "仅供测试。");
    }

    @Override
    public Class<? extends Connector> connector() {
        return Connector.class;
    }

    @Override
    public List<Option> options() {
        return List.of();
    }

    @Override
    public List<TypeRule> types() {
        return List.of();
    }

    @Override
    public Connector open(Settings settings) {
        throw new NoClassDefFoundError("dev/mortise/Gone");
    }
}
