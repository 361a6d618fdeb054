package dev.mortise.engine.flow;

import dev.mortise.spi.connect.Connector;
import dev.mortise.spi.connect.ConnectorFactory;
import dev.mortise.spi.option.Option;
import dev.mortise.spi.option.Sentence;
import dev.mortise.spi.option.Settings;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.type.TypeRule;
import java.util.List;

/// Declares options and opens nothing.
public final class PretendFactory implements ConnectorFactory {
    private static final Sentence SENTENCE = Sentence.of("For tests.", "仅供测试。");

    @Override
    public String type() {
        return "pretend";
    }

    @Override
    public Sentence title() {
        return SENTENCE;
    }

    @Override
    public Class<? extends Connector> connector() {
        return Connector.class;
    }

    @Override
    public List<Option> options() {
        return List.of(
                Option.text("host", SENTENCE, "db1").asRequired(),
                Option.integer("port", 1, 65_535, SENTENCE, "5432").or("5432"),
                Option.text("password", SENTENCE, "${env:PASSWORD}").asSecret(),
                Option.choice("tls", List.of("off", "on"), SENTENCE).or("off"));
    }

    @Override
    public List<TypeRule> types() {
        return List.of();
    }

    @Override
    public List<Problem> check(Settings settings) {
        return settings.text("host").equals("localhost") && settings.text("tls").equals("on")
                ? List.of(
                        Problem.of(
                                ProblemCode.OPTION_INVALID,
                                "option 'tls' expects 'off' on this machine, got 'on'",
                                "remove it"))
                : List.of();
    }

    @Override
    public Connector open(Settings settings) {
        throw new IllegalStateException("a check opens nothing");
    }
}
