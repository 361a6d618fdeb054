package dev.mortise.engine.match;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Type;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class MappingYamlTest {
    private final MappingYaml yaml = new MappingYaml(key -> key);

    @Test
    void writesALineAColumnWithCastsAndReasons() {
        FieldProfile amount = FieldProfile.of("amt", Type.parse("decimal(18,4)"));
        FieldProfile day =
                new FieldProfile("日期", Scalar.TEXT, true, false, "", -1, List.of("20240301"));
        FieldProfile tenant =
                new FieldProfile("tenant", Scalar.INT64, false, false, "", -1, List.of());
        List<Proposal> proposals =
                List.of(
                        proposal("amount", "decimal(18,2)", amount, Band.AUTO),
                        proposal("day", "date", day, Band.SUGGEST),
                        proposal("no", "text", FieldProfile.of("order", Scalar.TEXT), Band.AUTO),
                        proposal("big", "int64", FieldProfile.of("n", Scalar.INT32), Band.AUTO),
                        new Proposal(tenant, Optional.empty(), 0, Band.NONE, List.of(), List.of()));
        String expected =
                """
                steps:
                  source: {read: erp.orders}
                  mapped:
                    from: source
                    map:
                      amount: "cast(amt as decimal(18,2))"  # 0.91 map.AUTO · map.reason.NAME
                      day: 'cast(strptime("日期", ''%Y%m%d'') as date)' \
                # 0.91 map.SUGGEST · map.reason.NAME
                      "no": '"order"'                       # 0.91 map.AUTO · map.reason.NAME
                      big: "n"                              # 0.91 map.AUTO · map.reason.NAME
                      # tenant:                             # map.required · int64
                """;
        assertEquals(expected, String.join("\n", yaml.lines("erp.orders", proposals)) + "\n");
    }

    private static Proposal proposal(String name, String type, FieldProfile source, Band band) {
        return new Proposal(
                FieldProfile.of(name, Type.parse(type)),
                Optional.of(source),
                0.91,
                band,
                List.of(new Reason(Reason.Kind.NAME, 1, "")),
                List.of());
    }
}
