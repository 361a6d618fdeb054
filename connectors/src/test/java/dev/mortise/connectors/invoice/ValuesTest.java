package dev.mortise.connectors.invoice;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How amounts, rates and times are spelt on invoices.
final class ValuesTest {
    @ParameterizedTest
    @CsvSource({
        "100, 10000",
        "-0.5, -50",
        "+1.50, 150",
        "'1,234,567.89', 123456789",
        "¥3.1, 310",
        "￥3, 300",
        ".05, 5",
        "18.630000, 1863",
        "9999999999999999.99, 999999999999999999",
        "-0.00, 0"
    })
    void readsAmountsInFen(String text, long fen) {
        assertEquals(fen, Money.parse(text));
    }

    @ParameterizedTest
    @CsvSource({"1.005", "***", "''", "-", ".", "1e3", "10000000000000000", "１００", "1.2.3", "0x1"})
    void takesNothingElseForAnAmount(String text) {
        assertEquals(Money.NONE, Money.parse(text));
    }

    @ParameterizedTest
    @CsvSource({"123456, 1234.56", "-5, -0.05", "0, 0.00", "-123, -1.23"})
    void writesAmountsInYuan(long fen, String text) {
        assertEquals(text, Money.text(fen));
    }

    @ParameterizedTest
    @CsvSource({
        "0.06, 600", "6%, 600", "6.00%, 600", "6, 600", "0.13, 1300", "13％, 1300",
        "0, 0", "0%, 0", "1.5%, 150", "0.015, 150", "1, 100", "1%, 100"
    })
    void readsRatesAsFractionsOrPercent(String text, long units) {
        assertEquals(new TaxRate(units, null), TaxRate.parse(text));
    }

    @ParameterizedTest
    @CsvSource({"免税", "不征税", "***", "0.0612345", "1000%"})
    void keepsWordsInPlaceOfARate(String text) {
        assertEquals(new TaxRate(Money.NONE, text), TaxRate.parse(text));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-05 10:22:33, 2026-03-05T02:22:33Z",
        "2026-03-05T10:22:33.5, 2026-03-05T02:22:33Z",
        "2026/3/5 10:22, 2026-03-05T02:22:00Z",
        "20260305102233, 2026-03-05T02:22:33Z",
        "20260305102233000, 2026-03-05T02:22:33Z",
        "2026年03月05日, 2026-03-05",
        "2026年3月5日 10:22:33, 2026-03-05T02:22:33Z",
        "20260305, 2026-03-05",
        "2026-13-05, none",
        "2026-02-30, none",
        "'', none",
        "soon, none"
    })
    void readsTimesAsInvoicesWriteThem(String text, String expected) {
        String found =
                WrittenTime.parse(text)
                        .map(
                                written -> {
                                    Long micros = written.instant(ZoneId.of("Asia/Shanghai"));
                                    return micros == null
                                            ? written.day().toString()
                                            : Instant.ofEpochSecond(micros / 1_000_000).toString();
                                })
                        .orElse("none");
        assertEquals(expected, found);
    }
}
