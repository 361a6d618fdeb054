package dev.mortise.testkit.vendor.office;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.testkit.vendor.Served;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("live")
final class SoapBankTest {
    private static final String NAMESPACE = "http://bank.example/corporate";
    private static final String SOAP_11 = "http://schemas.xmlsoap.org/soap/envelope/";
    private static final String SOAP_12 = "http://www.w3.org/2003/05/soap-envelope";
    private static final String OASIS = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-";
    private static final Pattern TRANSACTION =
            Pattern.compile(
                    "<b:transaction id=\"([^\"]+)\" kind=\"([^\"]+)\">.*?"
                            + "<b:amount currency=\"([A-Z]+)\">([^<]+)<");
    private static final Pattern NEXT = Pattern.compile("<b:nextKey>([^<]+)<");

    private Instant now = Instant.parse("2026-03-01T08:00:00Z");
    private int nonces;
    private final SoapBank bank = new SoapBank(() -> now, new Trouble());
    private final Caller caller = new Caller(bank);

    @AfterEach
    void close() {
        caller.close();
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private byte[] nonce() {
        return "nonce-%010d".formatted(nonces++).getBytes(StandardCharsets.UTF_8);
    }

    private static String digest(byte[] nonce, String created, String password) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-1");
            sha.update(nonce);
            sha.update(created.getBytes(StandardCharsets.UTF_8));
            return base64(sha.digest(password.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private String security(byte[] nonce, Instant created, String password) {
        String type = OASIS + "username-token-profile-1.0#PasswordDigest";
        return security(type, digest(nonce, created.toString(), password), nonce, created);
    }

    private String security(String type, String password, byte[] nonce, Instant created) {
        return """
        <w:Security xmlns:w="%swssecurity-secext-1.0.xsd" xmlns:u="%swssecurity-utility-1.0.xsd">
        <w:UsernameToken><w:Username>%s</w:Username><w:Password Type="%s">%s</w:Password>
        <w:Nonce>%s</w:Nonce><u:Created>%s</u:Created></w:UsernameToken></w:Security>"""
                .formatted(
                        OASIS,
                        OASIS,
                        caller.word("BANK_USER"),
                        type,
                        password,
                        base64(nonce),
                        created);
    }

    private String secured() {
        return security(nonce(), now, caller.word("BANK_PASSWORD"));
    }

    private static String envelope(String version, String header, String operation, String in) {
        return "<e:Envelope xmlns:e=\"%s\"><e:Header>%s</e:Header><e:Body>%s</e:Body></e:Envelope>"
                .formatted(
                        version,
                        header,
                        "<%s xmlns=\"%s\">%s</%s>".formatted(operation, NAMESPACE, in, operation));
    }

    private HttpResponse<byte[]> first(String header, String operation, String in) {
        String body = envelope(SOAP_11, header, operation, in);
        String action = "\"" + NAMESPACE + "/" + operation + "\"";
        return caller.send("POST", "/bank", body, "Content-Type", "text/xml", "SOAPAction", action);
    }

    private HttpResponse<byte[]> second(String header, String operation, String in) {
        String type =
                "application/soap+xml;charset=UTF-8;action=\"" + NAMESPACE + "/" + operation + "\"";
        String body = envelope(SOAP_12, header, operation, in);
        return caller.send("POST", "/bank", body, "Content-Type", type);
    }

    private String account() {
        return "<account>" + caller.word("BANK_ACCOUNT") + "</account>";
    }

    private List<String> pages(int rows) {
        List<String> pages = new ArrayList<>();
        String key = "";
        do {
            String next = key.isEmpty() ? "" : "<nextKey>" + key + "</nextKey>";
            String in = account() + "<rows>" + rows + "</rows>" + next;
            String page = Caller.text(first(secured(), "ListTransactions", in));
            pages.add(page);
            Matcher more = NEXT.matcher(page);
            key = more.find() ? more.group(1) : "";
        } while (!key.isEmpty());
        return pages;
    }

    private static List<List<String>> rows(String page) {
        return TRANSACTION
                .matcher(page)
                .results()
                .map(t -> List.of(t.group(1), t.group(2), t.group(4), t.group(3)))
                .toList();
    }

    @Test
    void givesEveryTransactionOnceAndASingleOneLast() {
        for (int size : List.of(50, 100)) {
            List<String> pages = pages(size);
            List<List<String>> rows = new ArrayList<>();
            pages.forEach(page -> rows.addAll(rows(page)));
            assertEquals(bank.served().getFirst().checksum(), Served.checksum(rows));
            assertEquals(1, rows(pages.getLast()).size());
        }
        assertEquals(Map.of(), caller.broken());
    }

    @Test
    void speaksBothVersions() {
        HttpResponse<byte[]> older = first(secured(), "QueryBalance", account());
        HttpResponse<byte[]> newer = second(secured(), "QueryBalance", account());
        assertTrue(Caller.text(older).contains(SOAP_11), () -> Caller.text(older));
        assertTrue(Caller.text(newer).contains(SOAP_12), () -> Caller.text(newer));
        String type = newer.headers().firstValue("content-type").orElse("");
        assertTrue(type.startsWith("application/soap+xml"), type);
    }

    @Test
    void showsItsWsdlWithItsOwnAddress() {
        String wsdl = Caller.text(caller.send("GET", "/bank?wsdl", ""));
        assertTrue(wsdl.contains("location=\"" + caller.word("BANK_URL") + "/bank\""), wsdl);
        assertFalse(wsdl.contains("{address}"));
    }

    private String payment(String reference, String amount) {
        return """
        <payment reference="%s"><debitAccount>%s</debitAccount>
        <creditor><name>甲方</name><account>6222</account></creditor>
        <amount currency="CNY">%s</amount></payment>"""
                .formatted(reference, caller.word("BANK_ACCOUNT"), amount);
    }

    @Test
    void paysOnceHoweverOftenItIsTold() {
        String first = Caller.text(first(secured(), "SubmitPayment", payment("R1", "12.5")));
        String second = Caller.text(first(secured(), "SubmitPayment", payment("R1", "12.50")));
        assertTrue(first.contains("<b:repeated>false<"), first);
        assertTrue(second.contains("<b:repeated>true<"), second);
        assertEquals(List.of("R1|12.50"), bank.payments());
        String other = Caller.text(second(secured(), "SubmitPayment", payment("R1", "99")));
        assertTrue(other.contains("REFERENCE_TAKEN"), other);
    }

    @Test
    void refusesToPayMoreThanThereIs() {
        var answer = first(secured(), "SubmitPayment", payment("R2", "1000000.01"));
        assertEquals(500, answer.statusCode());
        String fault = Caller.text(answer);
        assertTrue(fault.contains("<faultcode>s:Client</faultcode>"), fault);
        assertTrue(fault.contains("<b:code>INSUFFICIENT_FUNDS</b:code>"), fault);
        assertEquals(List.of(), bank.payments());
    }

    @Test
    void takesJsonInsideAString() {
        String in = "<function>rates</function><payload>{\"base\":\"CNY\"}</payload>";
        String answer = Caller.text(second(secured(), "Invoke", in));
        assertTrue(answer.contains("{&quot;code&quot;:&quot;0&quot;"), answer);
    }

    @Test
    void refusesANonceTwice() {
        String header = secured();
        assertEquals(200, first(header, "QueryBalance", account()).statusCode());
        assertEquals(500, first(header, "QueryBalance", account()).statusCode());
        assertEquals(Map.of("nonce-replayed", 1), caller.broken());
    }

    @Test
    void refusesAClockThatIsOff() {
        String password = caller.word("BANK_PASSWORD");
        Instant early = now.minus(Duration.ofMinutes(6));
        var answer = first(security(nonce(), early, password), "QueryBalance", account());
        assertTrue(Caller.text(answer).contains("wsse:MessageExpired"));
        assertEquals(Map.of("created", 1), caller.broken());
    }

    @Test
    void refusesAWrongPasswordAndAnOpenOne() {
        first(security(nonce(), now, "another"), "QueryBalance", account());
        String text = OASIS + "username-token-profile-1.0#PasswordText";
        String password = caller.word("BANK_PASSWORD").replace("&", "&amp;");
        first(security(text, password, nonce(), now), "QueryBalance", account());
        first("", "QueryBalance", account());
        assertEquals(
                Map.of("digest", 1, "password-text", 1, "security-missing", 1), caller.broken());
    }

    @Test
    void refusesWhatDoesNotFitItsVersion() {
        String body = envelope(SOAP_11, secured(), "QueryBalance", account());
        caller.send("POST", "/bank", body, "Content-Type", "application/soap+xml");
        caller.send("POST", "/bank", body, "Content-Type", "text/xml", "SOAPAction", "\"x\"");
        caller.send("POST", "/bank", "<!DOCTYPE a><a/>", "Content-Type", "text/xml");
        String strange = "<x:Route xmlns:x=\"urn:x\" e:mustUnderstand=\"1\"/>";
        first(strange + secured(), "QueryBalance", account());
        assertEquals(
                Map.of("content-type", 1, "soap-action", 1, "envelope", 1, "must-understand", 1),
                caller.broken());
    }
}
