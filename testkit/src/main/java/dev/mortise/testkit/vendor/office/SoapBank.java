package dev.mortise.testkit.vendor.office;

import dev.mortise.testkit.vendor.Asked;
import dev.mortise.testkit.vendor.Mood;
import dev.mortise.testkit.vendor.Served;
import dev.mortise.testkit.vendor.Told;
import dev.mortise.testkit.vendor.Vendor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.w3c.dom.Element;

/// A bank behind SOAP 1.1 and 1.2: a WSDL at `/bank?wsdl`, WS-Security with a password digest,
/// and the operations of [BankDesk].
///
/// Refuses a digest that is wrong, a clock that is off, a nonce twice, a SOAPAction that does not
/// name the operation, a media type of the other version, and headers it does not understand.
public final class SoapBank implements Vendor {
    static final String NAMESPACE = "http://bank.example/corporate";
    private static final String USER = "mortise";
    private static final String PASSWORD = "simulated:Bank&1";
    private static final Set<String> OPERATIONS =
            Set.of("QueryBalance", "ListTransactions", "SubmitPayment", "Invoke");

    private final UsernameTokens tokens;
    private final BankDesk desk;
    private final Trouble trouble;

    public SoapBank() {
        this(InstantSource.system(), new Trouble());
    }

    public SoapBank(Mood mood) {
        this(InstantSource.system(), new Trouble(mood));
    }

    /// @param trouble with the dataset `transactions`
    public SoapBank(InstantSource clock, Trouble trouble) {
        this.tokens = new UsernameTokens(clock, USER, PASSWORD);
        this.desk = new BankDesk(clock, trouble);
        this.trouble = trouble;
    }

    @Override
    public String name() {
        return "bank";
    }

    @Override
    public Map<String, String> environment(URI base) {
        Map<String, String> words = new LinkedHashMap<>();
        words.put("BANK_URL", base.toString());
        words.put("BANK_USER", USER);
        words.put("BANK_PASSWORD", PASSWORD);
        words.put("BANK_ACCOUNT", BankDesk.ACCOUNT);
        return words;
    }

    @Override
    public List<Served> served() {
        return List.of(desk.transactions());
    }

    /// The payments accepted, each once: reference and amount.
    public List<String> payments() {
        return desk.payments();
    }

    @Override
    public Told answer(Asked asked) {
        if (!asked.path().equals("/bank")) {
            return Told.of(404, "text/html", "<html>404</html>").refusing("path");
        }
        if (asked.method().equals("GET") && asked.query().equalsIgnoreCase("wsdl")) {
            String address = "http://" + asked.header("host") + "/bank";
            return Told.of(200, "text/xml;charset=UTF-8", wsdl().replace("{address}", address));
        }
        if (!asked.method().equals("POST")) {
            return Told.of(405, "text/html", "<html>405</html>").refusing("method");
        }
        Optional<Soap.Message> message = Soap.read(asked.body());
        return message.map(m -> operated(asked, m))
                .orElseGet(() -> refused(Soap.V1_1, "envelope", "Client", "no SOAP envelope"));
    }

    /// The WSDL; `{address}` stands where the address of the service belongs.
    static String wsdl() {
        try (InputStream in =
                Objects.requireNonNull(SoapBank.class.getResourceAsStream("bank.wsdl"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("reading bank.wsdl", e);
        }
    }

    private Told operated(Asked asked, Soap.Message message) {
        Soap version = message.version();
        String operation = message.body().getLocalName();
        boolean ours = NAMESPACE.equals(message.body().getNamespaceURI());
        if (!asked.header("content-type").startsWith(version.type)) {
            return refused(version, "content-type", "Client", "expected " + version.type);
        }
        if (!ours || !OPERATIONS.contains(operation)) {
            return refused(version, "operation", "Client", "no operation '" + operation + "'");
        }
        if (!acts(asked, version, operation)) {
            return refused(version, "soap-action", "Client", "SOAPAction names another operation");
        }
        Optional<String> strange = message.header().flatMap(h -> strange(h, version));
        if (strange.isPresent()) {
            return refused(version, "must-understand", "MustUnderstand", strange.get());
        }
        Optional<UsernameTokens.Refusal> refusal = tokens.refusal(message.header());
        return refusal.map(r -> version.fault(r.fault()).refusing(r.rule()))
                .or(trouble::struck)
                .orElseGet(() -> desk.answer(version, message.body()));
    }

    private static Told refused(Soap version, String rule, String code, String text) {
        return version.fault(new Soap.Fault(code, text, "")).refusing(rule);
    }

    /// In 1.1 the header is asked for; in 1.2 the media type may leave the action out.
    private static boolean acts(Asked asked, Soap version, String operation) {
        String action = NAMESPACE + "/" + operation;
        if (version == Soap.V1_1) {
            return asked.header("soapaction").equals("\"" + action + "\"");
        }
        String type = asked.header("content-type");
        return !type.contains("action=") || type.contains("action=\"" + action + "\"");
    }

    private static Optional<String> strange(Element header, Soap version) {
        Optional<Element> next = Soap.firstChild(header);
        while (next.isPresent()) {
            Element block = next.get();
            String must = block.getAttributeNS(version.namespace, "mustUnderstand");
            if (Set.of("1", "true").contains(must) && !Soap.WSSE.equals(block.getNamespaceURI())) {
                return Optional.of("header '" + block.getLocalName() + "' is not understood");
            }
            next = Soap.sibling(block);
        }
        return Optional.empty();
    }
}
