package dev.mortise.connectors.invoice;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Five thousand invoices of all forms, against sums that the test keeps as it writes them.
final class ManyInvoicesTest {
    private static final int INVOICES = 5_000;

    private final TestFolder folder;
    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    /// What was written, by number.
    private final Map<String, Bill> written = new HashMap<>();

    private final Map<String, Long> reds = new HashMap<>();
    private long lines;
    private long fen;
    private int files;
    private int copies;
    private int spoilt;

    ManyInvoicesTest(@TempDir Path path) {
        this.folder = new TestFolder(path);
    }

    @Test
    void readsThemAllAndAddsThemUp() throws IOException {
        List<Object> zipped = new ArrayList<>();
        for (int i = 0; i < INVOICES; i++) {
            Bill bill = bill(i);
            written.put(bill.number, bill);
            fen += bill.total();
            put(i, bill, zipped);
        }
        folder.put("zipped.zip", TestFolder.zip(zipped.toArray()));
        files++;
        assertInvoices(folder.read("invoice"));
        assertLines(folder.read("invoice_item"));
        assertFiles(folder.read("invoice_file"));
    }

    private Bill bill(int serial) {
        Bill bill = new Bill(Bill.number(serial));
        bill.seller = "销售方" + random.nextInt(50) + "有限公司";
        int count = 1 + random.nextInt(6);
        for (int i = 0; i < count; i++) {
            long amount = 1L + random.nextInt(10_000_000);
            bill.line(amount, "0.13", Math.round(amount * 0.13));
        }
        if (random.nextInt(4) == 0) {
            bill.line(-bill.lines.getFirst().amount() / 10, "13%", 0);
        }
        if (random.nextInt(20) == 0 && serial > 0) {
            turnRed(bill, Bill.number(random.nextInt(serial)));
        }
        if (random.nextInt(50) == 0) {
            bill.spoilt(1);
            spoilt++;
        }
        return bill;
    }

    private void turnRed(Bill bill, String original) {
        bill.lines.replaceAll(
                line -> new Bill.Line(line.name(), -line.amount(), line.rate(), -line.tax()));
        bill.red(original);
    }

    private void put(int serial, Bill bill, List<Object> zipped) throws IOException {
        if (bill.original != null) {
            reds.merge(bill.original, bill.total(), Long::sum);
        }
        String name = "%02d/%05d".formatted(serial % 40, serial);
        int form = random.nextInt(10);
        lines += bill.lines.size();
        if (form < 5) {
            folder.put(name + ".xml", bill.xml());
        } else if (form < 8) {
            folder.put(name + ".ofd", TestFolder.ofd(bill.customData(), bill.xml()));
        } else {
            zipped.add(name + ".xml");
            zipped.add(bill.xml());
        }
        files++;
        if (random.nextInt(10) == 0) {
            folder.put(name + "-copy.ofd", TestFolder.ofd(bill.customData(), bill.xml()));
            files++;
            copies++;
        }
    }

    private void assertInvoices(List<Map<String, String>> rows) {
        assertEquals(INVOICES, rows.size(), this::told);
        long sum = 0;
        for (Map<String, String> row : rows) {
            Bill bill = Objects.requireNonNull(written.get(row.get("number")));
            assertEquals(Bill.yuan(bill.total()), row.get("total"), this::told);
            assertEquals(bill.seller, row.get("seller_name"), this::told);
            assertEquals(bill.spoilt == 0, "true".equals(row.get("tie_items")), this::told);
            assertEquals(bill.original, row.get("original_number"), this::told);
            long taken = reds.getOrDefault(bill.number, 0L);
            assertEquals(Bill.yuan(taken), row.get("red_total"), this::told);
            boolean over = Math.abs(taken) > Math.abs(bill.total());
            assertEquals(bill.spoilt != 0 || over, row.containsKey("problem"), this::told);
            sum += fen(row.getOrDefault("total", ""));
        }
        assertEquals(fen, sum, this::told);
    }

    private static long fen(String yuan) {
        return new BigDecimal(yuan).movePointRight(2).longValueExact();
    }

    private void assertLines(List<Map<String, String>> rows) {
        assertEquals(lines, rows.size(), this::told);
        Map<String, Long> sums = new HashMap<>();
        rows.forEach(
                row ->
                        sums.merge(
                                row.get("number"), fen(row.getOrDefault("amount", "")), Long::sum));
        for (Bill bill : written.values()) {
            assertEquals(bill.withoutTax() - bill.spoilt, sums.get(bill.number), this::told);
        }
    }

    private void assertFiles(List<Map<String, String>> rows) {
        assertEquals(files, rows.size(), this::told);
        Map<String, Integer> counts = new HashMap<>();
        rows.forEach(row -> counts.merge(row.get("status"), 1, Integer::sum));
        assertEquals(0, counts.getOrDefault("unreadable", 0), this::told);
        long spokenFor =
                rows.stream()
                        .filter(row -> row.containsKey("number"))
                        .filter(row -> !Objects.equals(row.get("path"), row.get("speaker")))
                        .count();
        assertEquals(copies, spokenFor, this::told);
    }

    private String told() {
        return "seed " + seed + ", " + spoilt + " spoilt";
    }
}
