package dev.mortise.api.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.spi.batch.Cell;
import dev.mortise.spi.batch.Column;
import dev.mortise.spi.problem.Fault;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Type;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Times as vendors write them.
final class TimeFormTest {
    private static String read(
            String word, @org.jspecify.annotations.Nullable String zone, Type type, String text) {
        TimeForm form = TimeForm.of(word, Optional.ofNullable(zone).map(ZoneId::of)).orElseThrow();
        Column column = Column.of(type, 1);
        form.set(type, text, column, 0);
        return column.isNull(0) ? "null" : Cell.text(type, column, 0);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            delimiter = '|',
            textBlock =
                    """
                    iso|-|timestamptz|/Date(1700000000000)/|2023-11-14 22:13:20Z
                    iso|-|timestamptz|/Date(1700000000000+0800)/|2023-11-14 22:13:20Z
                    iso|-|timestamptz|\\/Date(1700000000000)\\/|2023-11-14 22:13:20Z
                    iso|-|timestamp|/Date(-62135596800000)/|0001-01-01 00:00:00
                    iso|Asia/Shanghai|timestamp|/Date(1700000000000)/|2023-11-15 06:13:20
                    iso|-|date|/Date(1700000000000)/|2023-11-14
                    iso|Asia/Shanghai|date|/Date(1700000000000)/|2023-11-15
                    iso|-|date|2026-11-26T18:30:00Z|2026-11-26
                    iso|Asia/Shanghai|date|2026-11-26T18:30:00Z|2026-11-27
                    iso|Asia/Shanghai|time|2026-11-26T18:30:00.5Z|02:30:00.5
                    iso|-|time|PT13H20M05S|13:20:05
                    iso|-|time|PT24H|24:00:00
                    iso|-|time|13:20|13:20:00
                    iso|-|timestamptz|2026-11-26T10:00:00.000+0800|2026-11-26 02:00:00Z
                    iso|-|timestamptz|2026-11-26 10:00:00 +08:00|2026-11-26 02:00:00Z
                    iso|-|timestamptz|2026-11-26 10:00:00-05|2026-11-26 15:00:00Z
                    iso|Asia/Shanghai|timestamptz|2026-11-26 10:00:00|2026-11-26 02:00:00Z
                    iso|Asia/Shanghai|timestamptz|2026-11-26|2026-11-25 16:00:00Z
                    iso|Asia/Shanghai|timestamp|2026-11-26 10:00:00|2026-11-26 10:00:00
                    iso|Asia/Shanghai|timestamp|2026-11-26T10:00:00Z|2026-11-26 18:00:00
                    epoch_s|-|timestamptz|1700000000|2023-11-14 22:13:20Z
                    epoch_s|-|timestamptz|1700000000.5|2023-11-14 22:13:20.5Z
                    epoch_s|-|timestamptz|1.7e9|2023-11-14 22:13:20Z
                    epoch_s|-|timestamptz|-0.0000001|1969-12-31 23:59:59.999999Z
                    epoch_s|-|timestamptz|0|1970-01-01 00:00:00Z
                    epoch_ms|Asia/Shanghai|timestamp|1700000000123|2023-11-15 06:13:20.123
                    epoch_ms|Asia/Shanghai|date|1700000000123|2023-11-15
                    epoch_us|-|timestamptz|1700000000123456|2023-11-14 22:13:20.123456Z
                    yyyyMMdd|-|date|20261126|2026-11-26
                    yyyyMMdd|-|timestamp|20261126|2026-11-26 00:00:00
                    yyyyMMdd|-|date|00000000|null
                    yyyy-MM-dd HH:mm:ss|-|timestamp|0000-00-00 00:00:00|null
                    yyyyMMddHHmmss|Asia/Shanghai|timestamptz|20261126100000|2026-11-26 02:00:00Z
                    yyyyMMddHHmmssSSS|-|timestamp|20261126100000123|2026-11-26 10:00:00.123
                    yyyy/M/d H:mm|-|timestamp|2026/1/6 9:05|2026-01-06 09:05:00
                    yyyy/M/d H:mm|-|date|2026/11/26 19:05|2026-11-26
                    HHmmss|-|time|235959|23:59:59
                    HHmmss|-|time|000000|00:00:00
                    HH:mm|-|time|00:00|00:00:00
                    dd-MMM-yyyy XXX|-|timestamptz|26-Nov-2026 +08:00|2026-11-25 16:00:00Z
                    dd-MMM-yyyy XXX|-|timestamp|26-Nov-2026 +08:00|2026-11-25 16:00:00
                    dd-MMM-yyyy XXX|Asia/Tokyo|timestamp|26-Nov-2026 Z|2026-11-26 09:00:00
                    dd-MMM-yyyy XXX|-|date|26-Nov-2026 +08:00|2026-11-26
                    yyyy'y'MMdd|-|date|2026y0228|2026-02-28
                    yy-M-d|-|date|26-2-28|2026-02-28
                    d.M.yyyy G|-|date|28.2.2026 AD|2026-02-28
                    dd-MMM-yyyy H:mm XXX|-|timestamp|26-Nov-2026 9:05 +08:00|2026-11-26 01:05:00
                    EEE, d MMM yyyy HH z|-|timestamp|Thu, 26 Nov 2026 10 GMT|2026-11-26 10:00:00
                    yyyy年M月d日|-|date|2026年11月6日|2026-11-06
                    """)
    void readsWhatVendorsWrite(
            String word, String zone, String type, String text, String expected) {
        assertEquals(expected, read(word, zone, Type.parse(type), text));
    }

    @ParameterizedTest
    @CsvSource({
        "iso, timestamptz, 2026-11-26 10:00:00",
        "iso, timestamptz, /Date(99999999999999999)/",
        "iso, timestamptz, 1700000000",
        "epoch_ms, timestamptz, soon",
        "epoch_s, timestamptz, 1e400",
        "epoch_s, timestamptz, 1e-2000000000",
        "epoch_s, timestamptz, 1e2147483647",
        "epoch_s, timestamptz, 99999999999999999999",
        "iso, time, PT25H",
        "iso, time, PT-1H",
        "iso, time, PT9999999999999999H",
        "iso, time, 10:00:00+08:00",
        "yyyyMMdd, date, 20261332",
        "yyyyMMdd, date, 20260231",
        "d.M.yyyy G, date, 31.2.2026 AD",
        "HHmm, time, 2400",
        "yyyyMMdd, date, 2026-11-26",
        "HHmmss, time, 246000",
    })
    void rejectsTheRowOfWhatIsNoTime(String word, String type, String text) {
        ProblemException e =
                assertThrows(
                        ProblemException.class, () -> read(word, null, Type.parse(type), text));
        assertEquals(Fault.ROW, e.problem().fault());
    }

    @Test
    void emptyTextIsNoTimeWhereTheFormIsSaid() {
        assertEquals("null", read("yyyyMMdd", null, Scalar.DATE, " "));
        assertEquals("null", read("epoch_ms", null, Scalar.TIMESTAMPTZ, ""));
        assertEquals("null", read("HHmmss", null, Scalar.TIME, " "));
        assertThrows(ProblemException.class, () -> read("iso", null, Scalar.DATE, ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoch", "date", "", "hh:mm", "yyyy-QQQQQQQ", "yyyy", "dd.MM.", "'x'"})
    void isNoFormThatCannotBeReadBack(String word) {
        assertEquals(Optional.empty(), TimeForm.of(word, Optional.empty()));
    }

    @Test
    void knowsWhenAZoneIsMissing() {
        TimeForm bare = TimeForm.of("yyyyMMddHHmmss", Optional.empty()).orElseThrow();
        assertTrue(bare.zoneless(Scalar.TIMESTAMPTZ));
        assertFalse(bare.zoneless(Scalar.TIMESTAMP));
        TimeForm told = TimeForm.of("yyyyMMddHHmmssXX", Optional.empty()).orElseThrow();
        assertFalse(told.zoneless(Scalar.TIMESTAMPTZ));
        TimeForm quoted = TimeForm.of("yyyy-MM-dd'Z'HH:mm", Optional.empty()).orElseThrow();
        assertTrue(quoted.zoneless(Scalar.TIMESTAMPTZ));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            textBlock =
                    """
                    2026-11-26, date
                    2026-11-26 10:00:00, timestamp
                    2026-11-26T10:00, timestamp
                    2026-11-26T10:00:00.123Z, timestamptz
                    2026-11-26T10:00:00+08:00, timestamptz
                    2026-11-26T10:00:00+0800, timestamptz
                    /Date(1700000000000)/, timestamp
                    /Date(1700000000000+0000)/, timestamptz
                    2026-13-26, -
                    2026-11-26 25:00:00, -
                    0000-00-00, -
                    2026-11-26-7, -
                    20261126, -
                    1700000000, -
                    10:00:00, -
                    """)
    void tellsTimesFromText(String text, String type) {
        assertEquals(Optional.ofNullable(type).map(Type::parse), TimeForm.typeOf(text), () -> text);
    }
}
