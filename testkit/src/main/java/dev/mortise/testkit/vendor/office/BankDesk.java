package dev.mortise.testkit.vendor.office;

import dev.mortise.testkit.vendor.Served;
import dev.mortise.testkit.vendor.Told;
import dev.mortise.testkit.vendor.office.Shelf.Target;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.w3c.dom.Element;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What [SoapBank] does for a customer who was let in: balance, transactions page by page, payments
/// that are made once however often they are sent, and JSON inside a string. Safe for threads.
final class BankDesk {
    static final String ACCOUNT = "6222000012345678";
    private static final String NS = SoapBank.NAMESPACE;
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final int ROWS = 50;
    private static final int ROWS_MAX = 100;
    private static final int PAYMENTS_MAX = 100_000;
    private static final BigDecimal BOOKED = new BigDecimal("1000000.00");

    /// @param content what a repetition has to match
    private record Payment(String content, BigDecimal amount, Instant at) {}

    private final InstantSource clock;
    private final Shelf transactions;
    private final Map<String, Payment> payments = new LinkedHashMap<>();
    private BigDecimal available = BOOKED;

    BankDesk(InstantSource clock, Trouble trouble) {
        this.clock = clock;
        Target target =
                Target.of(
                        "bank_transactions",
                        "id: id, kind: kind, amount: amount, currency: currency");
        // One more than full pages of 50 or 100 hold: the last page has a single transaction.
        this.transactions =
                new Shelf("transactions", trouble, target, Shelf.rows(301, BankDesk::row));
    }

    Served transactions() {
        return transactions.served();
    }

    synchronized List<String> payments() {
        List<String> lines = new ArrayList<>();
        payments.forEach((reference, p) -> lines.add(reference + "|" + p.amount()));
        return lines;
    }

    Told answer(Soap version, Element request) {
        return switch (request.getLocalName()) {
            case "QueryBalance" -> owned(version, request, () -> balance(version));
            case "ListTransactions" -> owned(version, request, () -> list(version, request));
            case "SubmitPayment" -> pay(version, request);
            default -> invoke(version, request);
        };
    }

    private static Told owned(Soap version, Element request, Supplier<Told> answer) {
        boolean own = Soap.text(request, NS, "account").equals(ACCOUNT);
        return own ? answer.get() : refused(version, "ACCOUNT_UNKNOWN", "no such account");
    }

    private synchronized Told balance(Soap version) {
        return version.told(
                ("<b:QueryBalanceResponse><b:balance account=\"%s\">"
                                + "<b:booked currency=\"CNY\">%s</b:booked>"
                                + "<b:available currency=\"CNY\">%s</b:available>"
                                + "<b:overdraft i:nil=\"true\"/><b:asOf>%s</b:asOf>"
                                + "</b:balance></b:QueryBalanceResponse>")
                        .formatted(ACCOUNT, BOOKED, available, now()));
    }

    private Told list(Soap version, Element request) {
        String wanted = Soap.text(request, NS, "rows");
        int rows = wanted.isEmpty() ? ROWS : whole(wanted);
        int begin = begin(Soap.text(request, NS, "nextKey"));
        if (rows < 1 || rows > ROWS_MAX) {
            return refused(version, "ROWS_INVALID", "rows are 1 to " + ROWS_MAX);
        }
        if (begin < 0) {
            return refused(version, "NEXT_KEY_INVALID", "nextKey is none that was given out");
        }
        ArrayNode slice = transactions.slice(begin, rows);
        StringBuilder body = new StringBuilder("<b:ListTransactionsResponse><b:total>");
        body.append(transactions.size()).append("</b:total>");
        slice.forEach(row -> body.append(transaction((ObjectNode) row)));
        if (begin + rows < transactions.size()) {
            body.append("<b:nextKey>").append(key(begin + rows)).append("</b:nextKey>");
        }
        return version.told(body.append("</b:ListTransactionsResponse>").toString());
    }

    private static String transaction(ObjectNode row) {
        String party = Json.text(row, "counterparty");
        String nil = " i:nil=\"true\"/>";
        String counterparty =
                "<b:counterparty"
                        + (party.isEmpty() ? nil : ">" + Soap.escaped(party) + "</b:counterparty>");
        return ("<b:transaction id=\"%s\" kind=\"%s\"><b:bookedAt>%s</b:bookedAt>"
                        + "<b:amount currency=\"%s\">%s</b:amount>%s</b:transaction>")
                .formatted(
                        Json.text(row, "id"),
                        Json.text(row, "kind"),
                        Json.text(row, "bookedAt"),
                        Json.text(row, "currency"),
                        Json.text(row, "amount"),
                        counterparty);
    }

    private static String key(int begin) {
        byte[] text = (ACCOUNT + "#" + begin).getBytes(StandardCharsets.UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text);
    }

    /// -1 when the key is none of ours.
    private static int begin(String key) {
        if (key.isEmpty()) {
            return 0;
        }
        try {
            String text = new String(Base64.getUrlDecoder().decode(key), StandardCharsets.UTF_8);
            String prefix = ACCOUNT + "#";
            return text.startsWith(prefix) ? whole(text.substring(prefix.length())) : -1;
        } catch (IllegalArgumentException _) {
            return -1;
        }
    }

    private static int whole(String text) {
        return text.matches("\\d{1,9}") ? Integer.parseInt(text) : -1;
    }

    private Told pay(Soap version, Element request) {
        Optional<Element> payment = Soap.child(request, NS, "payment");
        String reference = payment.map(p -> p.getAttribute("reference")).orElse("");
        if (payment.isEmpty() || !reference.matches("[A-Za-z0-9-]{1,35}")) {
            return refused(version, "REFERENCE_INVALID", "a reference has 1 to 35 characters");
        }
        Element sent = payment.get();
        String amount = Soap.text(sent, NS, "amount");
        if (!amount.matches("\\d{1,12}(\\.\\d{1,2})?") || new BigDecimal(amount).signum() == 0) {
            return refused(version, "AMOUNT_INVALID", "an amount has two decimals at most");
        }
        if (!Soap.text(sent, NS, "debitAccount").equals(ACCOUNT)) {
            return refused(version, "ACCOUNT_UNKNOWN", "no such account to debit");
        }
        return book(version, reference, sent, new BigDecimal(amount).setScale(2));
    }

    private synchronized Told book(
            Soap version, String reference, Element sent, BigDecimal amount) {
        String content =
                amount + "|" + Soap.child(sent, NS, "creditor").map(Element::getTextContent);
        Payment known = payments.get(reference);
        if (known != null) {
            return known.content().equals(content)
                    ? accepted(version, reference, known, true)
                    : refused(version, "REFERENCE_TAKEN", "the reference was another payment's");
        }
        if (amount.compareTo(available) > 0 || payments.size() >= PAYMENTS_MAX) {
            return refused(version, "INSUFFICIENT_FUNDS", "available are " + available);
        }
        available = available.subtract(amount);
        Payment payment = new Payment(content, amount, now());
        payments.put(reference, payment);
        return accepted(version, reference, payment, false);
    }

    private static Told accepted(Soap version, String reference, Payment payment, boolean again) {
        return version.told(
                ("<b:SubmitPaymentResponse><b:reference>%s</b:reference><b:state>ACCEPTED</b:state>"
                                + "<b:acceptedAt>%s</b:acceptedAt><b:repeated>%s</b:repeated>"
                                + "</b:SubmitPaymentResponse>")
                        .formatted(reference, payment.at(), again));
    }

    /// The style of many an ERP: one string in, one string out, JSON in both.
    private static Told invoke(Soap version, Element request) {
        String function = Soap.text(request, NS, "function");
        Optional<ObjectNode> payload = Json.read(Soap.text(request, NS, "payload"));
        ObjectNode result = Json.object();
        if (payload.isEmpty() || !function.equals("rates")) {
            result.put("code", "4001").put("message", "function 为 rates，payload 为 JSON 对象");
        } else {
            result.put("code", "0").put("message", "");
            ArrayNode rates = result.putArray("data");
            List.of("USD", "EUR", "HKD", "JPY")
                    .forEach(currency -> rates.addObject().put("currency", currency));
        }
        String text = Soap.escaped(Json.write(result));
        return version.told(
                "<b:InvokeResponse><b:result>" + text + "</b:result></b:InvokeResponse>");
    }

    private static Told refused(Soap version, String code, String message) {
        String detail =
                "<b:BankFault><b:code>%s</b:code><b:message>%s</b:message></b:BankFault>"
                        .formatted(code, Soap.escaped(message));
        return version.fault(new Soap.Fault("Client", message, detail)).refusing(code);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    private static ObjectNode row(int number) {
        ObjectNode row = Json.object();
        row.put("id", "T%07d".formatted(number + 1));
        row.put("kind", number % 2 == 0 ? "credit" : "debit");
        row.put("bookedAt", START.plus(number * 3L, ChronoUnit.HOURS).toString());
        row.put("amount", BigDecimal.valueOf(19_99L + number * 101_01L, 2));
        row.put("currency", number % 11 == 0 ? "USD" : "CNY");
        row.put("counterparty", number % 7 == 0 ? "" : "甲方 <" + number % 40 + "> & Co");
        return row;
    }
}
