package dev.mortise.testkit.contract;

import dev.mortise.spi.type.Decimal;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Two values of a type that a careless comparison takes for one: null and nothing, capitals,
/// signs, the last digit, and what some hash functions fold together.
record LookAlike(Type type, @Nullable String left, @Nullable String right) {
    static final List<LookAlike> ALL =
            List.of(
                    new LookAlike(Scalar.TEXT, null, ""),
                    new LookAlike(Scalar.TEXT, "a", "a "),
                    new LookAlike(Scalar.TEXT, "a", "A"),
                    new LookAlike(Scalar.TEXT, "é", "e"),
                    new LookAlike(Scalar.TEXT, "é", "e\u0301"),
                    new LookAlike(Scalar.TEXT, "N", null),
                    new LookAlike(Scalar.BYTES, null, ""),
                    new LookAlike(Scalar.BYTES, "00", "0000"),
                    new LookAlike(Scalar.INT32, null, "0"),
                    new LookAlike(Scalar.INT64, "1", "4294967296"),
                    new LookAlike(Scalar.INT64, "-1", "4294967295"),
                    new LookAlike(Scalar.BOOL, null, "false"),
                    new LookAlike(Scalar.FLOAT32, "0.0", "-0.0"),
                    new LookAlike(Scalar.FLOAT64, "0.1", "0.1000000001"),
                    new LookAlike(Scalar.FLOAT64, "0.30000000000000004", "0.3"),
                    new LookAlike(Scalar.FLOAT64, "0.0", "-0.0"),
                    new LookAlike(new Decimal(18, 2), "0.00", "0.01"),
                    new LookAlike(new Decimal(18, 2), "5.00", "-5.00"),
                    new LookAlike(new Decimal(18, 2), null, "0.00"),
                    new LookAlike(Scalar.TIME, "00:00:00", "01:11:34.967297"),
                    new LookAlike(
                            Scalar.TIMESTAMP, "2024-02-29 00:00:00", "2024-02-29 00:00:00.000001"),
                    new LookAlike(
                            Scalar.TIMESTAMP, "2000-01-01 00:00:00", "2000-01-01 01:11:34.967297"),
                    new LookAlike(
                            Scalar.TIMESTAMPTZ,
                            "2024-02-29 00:00:00Z",
                            "2024-02-29 00:00:00.000001Z"),
                    new LookAlike(Scalar.JSON, null, "null"),
                    new LookAlike(Scalar.JSON, "[[1],2]", "[[1,2]]"),
                    new LookAlike(Scalar.JSON, "{\"a\":1}", "{\"a\":\"1\"}"));
}
