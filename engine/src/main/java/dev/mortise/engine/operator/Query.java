package dev.mortise.engine.operator;

import dev.mortise.engine.flow.Step;
import dev.mortise.spi.connect.*;
import dev.mortise.spi.type.Schema;
import java.util.Map;
import java.util.function.Supplier;

public final class Query {
    public static Planned<Query> sql(Expressions e, Step.Sql s, Map<String, Schema> in) {
        return java.util.Optional.<Planned<Query>>empty().orElseThrow();
    }

    public static Planned<Query> dedupe(Expressions e, Step.Dedupe s, Map<String, Schema> in) {
        return java.util.Optional.<Planned<Query>>empty().orElseThrow();
    }

    public static Planned<Query> union(Expressions e, Step.Union s, Map<String, Schema> in) {
        return java.util.Optional.<Planned<Query>>empty().orElseThrow();
    }

    public Source open(Map<String, Supplier<Source>> in, Rejects r) {
        return java.util.Optional.<Source>empty().orElseThrow();
    }
}
