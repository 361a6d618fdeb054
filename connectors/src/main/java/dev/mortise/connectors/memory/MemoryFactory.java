package dev.mortise.connectors.memory;

import dev.mortise.spi.connect.Connector;
import dev.mortise.spi.connect.ConnectorFactory;
import dev.mortise.spi.option.Option;
import dev.mortise.spi.option.Sentence;
import dev.mortise.spi.option.Settings;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.TypeRule;
import java.util.ArrayList;
import java.util.List;

/// Declares the connector `memory`.
public final class MemoryFactory implements ConnectorFactory {
    private static final Option STORE =
            Option.text(
                            "store",
                            Sentence.of(
                                    "Names the store; connections with one name share its datasets",
                                    "存储的名称；名称相同的连接共享其中的数据集"),
                            "main")
                    .or("main");

    @Override
    public String type() {
        return "memory";
    }

    @Override
    public Sentence title() {
        return Sentence.of("Memory", "内存");
    }

    @Override
    public Class<? extends Connector> connector() {
        return MemoryConnector.class;
    }

    @Override
    public List<Option> options() {
        return List.of(STORE);
    }

    @Override
    public List<TypeRule> types() {
        List<TypeRule> rules = new ArrayList<>();
        for (Scalar scalar : Scalar.values()) {
            rules.add(TypeRule.both(scalar.text(), scalar.text()));
        }
        rules.add(TypeRule.both("text(n)", "text"));
        rules.add(TypeRule.both("decimal(p,s)", "decimal(p,s)"));
        return rules;
    }

    @Override
    public Connector open(Settings settings) {
        return new MemoryConnector(MemoryStore.named(settings.text(STORE.name())));
    }
}
