package dev.mortise.connectors.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.spi.connect.Digests;
import dev.mortise.spi.connect.Range;
import dev.mortise.spi.digest.CanonicalColumn;
import dev.mortise.spi.digest.Digest;
import dev.mortise.spi.digest.DigestForm;
import dev.mortise.spi.digest.Hashing;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Type;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What digests of PostgreSQL must get right beyond the contract.
@Tag("live")
final class PostgresDigestsTest {
    private final PostgresFixture postgres = PostgresFixture.of(PostgresDigestsTest.class);

    @AfterEach
    void endSessions() {
        postgres.closeOpened();
    }

    private Digests digests(String table, Map<String, Type> columns, int buckets) {
        List<CanonicalColumn> all = new ArrayList<>();
        columns.forEach((name, type) -> all.add(new CanonicalColumn(name, type)));
        PostgresConnector connector = postgres.open();
        Hashing hashing = new Hashing(all, all, buckets);
        return connector.digests(connector.describe(table), hashing, Optional.empty());
    }

    private Digests digests(String table, Type type) {
        return digests(table, Map.of("v", type), 1);
    }

    private static DigestForm own(Digests digests) {
        return digests.costs().keySet().stream()
                .filter(form -> !form.equals(DigestForm.CANONICAL))
                .findFirst()
                .orElseThrow();
    }

    private static Digest sum(Digests digests, List<Range> parts) {
        return parts.stream()
                .flatMap(part -> digests.compute(own(digests), part).stream())
                .reduce(Digest.NONE, Digest::plus);
    }

    private static Digest sum(Digests digests) {
        return sum(digests, digests.parts(Long.MAX_VALUE));
    }

    /// A table of 20,000 rows and a twin whose rows lie elsewhere.
    private void seed() {
        postgres.execute(
                "drop table if exists many, twin",
                "create table many (k int primary key, v text)",
                "insert into many select i, 'value ' || i from generate_series(1, 20000) i",
                "create table twin as select * from many order by md5(v)",
                "analyze many, twin");
    }

    @Test
    void cutsATableIntoRunsOfBlocks() {
        seed();
        Digests many = digests("many", Map.of("k", Scalar.INT32, "v", Scalar.TEXT), 16);
        Digests twin = digests("twin", Map.of("k", Scalar.INT32, "v", Scalar.TEXT), 16);
        List<Range> parts = many.parts(2_000);
        assertTrue(parts.size() >= 9, parts.toString());
        assertEquals(20_000, sum(many, parts).rows());
        assertEquals(sum(many), sum(many, parts));
        assertEquals(sum(many), sum(twin, twin.parts(3_000)));
        List<Range> some = parts.subList(0, 4);
        assertNotEquals(0, sum(many, some).rows());
        assertTrue(sum(many, some).rows() < 12_000, "the first parts hold their rows alone");
    }

    @Test
    void rowsThatCameInBetweenLieInTheLastPart() {
        seed();
        Digests many = digests("many", Map.of("k", Scalar.INT32, "v", Scalar.TEXT), 1);
        List<Range> parts = many.parts(2_000);
        postgres.execute("insert into many select -i, 'new' from generate_series(1, 5000) i");
        assertEquals(25_000, sum(many, parts).rows());
    }

    @Test
    void doesNotBelievePartsOfATableThatWasRewritten() {
        seed();
        Digests many = digests("many", Map.of("k", Scalar.INT32, "v", Scalar.TEXT), 1);
        List<Range> parts = many.parts(2_000);
        postgres.execute("delete from many where k < 100", "vacuum full many");
        ProblemException thrown =
                assertThrows(ProblemException.class, () -> sum(many, parts.subList(0, 1)));
        assertEquals(ProblemCode.SOURCE_CHANGED, thrown.problem().code());
    }

    /// Under such a collation 'a' equals 'A', and so do their hashes.
    @Test
    void tellsCapitalsApartWhateverTheCollation() {
        postgres.execute(
                "drop table if exists loose",
                "create collation if not exists loose (provider = icu,"
                        + " locale = 'und-u-ks-level2', deterministic = false)",
                "create table loose (v text collate loose)",
                "insert into loose values ('a')");
        Digest before = sum(digests("loose", Scalar.TEXT));
        postgres.execute("update loose set v = 'A'");
        assertEquals("1", postgres.text("select count(*) from loose where v = 'a'"));
        assertNotEquals(before, sum(digests("loose", Scalar.TEXT)));
    }

    @Test
    void hashesEveryKindOfColumnAsItIsCompared() {
        Map<String, Type> kinds =
                Map.ofEntries(
                        Map.entry("char(3)", Scalar.TEXT),
                        Map.entry("name", Scalar.TEXT),
                        Map.entry("smallint", Scalar.INT64),
                        Map.entry("integer", Scalar.INT64),
                        Map.entry("bigint", Scalar.INT64),
                        Map.entry("oid", Scalar.INT64),
                        Map.entry("numeric", Type.parse("decimal(38,18)")),
                        Map.entry("numeric(5,2)", Type.parse("decimal(38,18)")),
                        Map.entry("numeric(9,4)", Type.parse("decimal(38,18)")),
                        Map.entry("varchar(9)", Scalar.TEXT),
                        Map.entry("text", Scalar.TEXT));
        Map<Type, Set<Digest>> met = new java.util.HashMap<>();
        kinds.forEach(
                (kind, type) -> {
                    postgres.execute(
                            "drop table if exists kinds",
                            "create table kinds (v " + kind + ")",
                            "insert into kinds values ('7'), (null)");
                    met.computeIfAbsent(type, _ -> new HashSet<>())
                            .add(sum(digests("kinds", type)));
                });
        met.forEach((type, digests) -> assertEquals(1, digests.size(), type.text()));
    }

    @Test
    void numbersAreToldApartByTheirSignAndWhatIsNone() {
        Set<Digest> met = new HashSet<>();
        List<String> values =
                List.of("0", "5", "-5", "0.5", "50", "'NaN'", "'Infinity'", "'-Infinity'", "null");
        for (String value : values) {
            postgres.execute(
                    "drop table if exists numbers",
                    "create table numbers (v numeric)",
                    "insert into numbers values (" + value + ")");
            Digests digests = digests("numbers", Type.parse("decimal(38,18)"));
            assertTrue(met.add(sum(digests)), value);
        }
    }

    @Test
    void theFormSaysHowJsonIsKept() {
        postgres.execute(
                "drop table if exists kept_text, kept_binary",
                "create table kept_text (v json)",
                "create table kept_binary (v jsonb)");
        DigestForm text = own(digests("kept_text", Scalar.JSON));
        assertNotEquals(text, own(digests("kept_binary", Scalar.JSON)));
        assertEquals(text, own(digests("kept_text", Scalar.JSON)));
    }

    @Test
    void typesOfTheUsersOwnAreHashedAsText() {
        postgres.execute(
                "drop table if exists moods",
                "drop type if exists mood",
                "create type mood as enum ('calm', 'wild')",
                "create table moods (v mood)",
                "insert into moods values ('calm')");
        Digest calm = sum(digests("moods", Scalar.TEXT));
        postgres.execute("update moods set v = 'wild'");
        assertNotEquals(calm, sum(digests("moods", Scalar.TEXT)));
    }
}
