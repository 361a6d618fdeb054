package dev.mortise.api.soap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.mortise.api.soap.Security.Password;
import dev.mortise.api.soap.wsdl.Operation;
import dev.mortise.spi.option.Secret;
import dev.mortise.spi.problem.ProblemCode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Calls over HTTP to a service that shares no code with ours.
final class BankTest {
    private final Envelope envelope = new Envelope();
    private Bank bank;

    @BeforeEach
    void open() throws Exception {
        bank = Bank.open("teller", "s3cret");
    }

    @AfterEach
    void close() {
        bank.close();
    }

    private Answer call(String id, String json, Optional<Security> security) throws Exception {
        Operation operation = Samples.read("orders.wsdl").operation(id);
        var out = new ByteArrayOutputStream();
        Headers headers = new Headers(Headers.NONE.blocks(), security);
        envelope.write(operation, Samples.json(json), headers, out);
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(bank.address()))
                        .header("Content-Type", operation.contentType())
                        .POST(HttpRequest.BodyPublishers.ofByteArray(out.toByteArray()));
        operation.actionHeader().ifPresent(a -> request.header("SOAPAction", a));
        try (HttpClient client = HttpClient.newHttpClient()) {
            byte[] body =
                    client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray()).body();
            return envelope.read(operation, new ByteArrayInputStream(body));
        }
    }

    private static Optional<Security> teller(String password) {
        return Optional.of(Security.user("teller", new Secret(password), Password.DIGEST));
    }

    private static final String CALL =
            "{'since': '2026-01-01T00:00:00', 'limit': 2, 'region': '华东', 'customer': 'C&A'}";

    @Test
    void isUnderstoodInBothVersions() throws Exception {
        for (String id : new String[] {"GetOrders", "OrdersSoap12.GetOrders"}) {
            var returned =
                    assertInstanceOf(Answer.Returned.class, call(id, CALL, teller("s3cret")));
            assertEquals(
                    Samples.json(
                            "{'GetOrdersResult': {'Order': [{'@version': 1, 'No': 'C&A/华东',"
                                    + " 'Paid': false, 'State': 'Open',"
                                    + " 'Total': {'@currency': 'CNY', '#text': 10.50}}]}}"),
                    returned.value());
        }
    }

    @Test
    void isRefusedWithoutTheRightPassword() throws Exception {
        var faulted =
                assertInstanceOf(Answer.Faulted.class, call("GetOrders", CALL, teller("guess")));
        assertEquals(ProblemCode.LOGIN_REFUSED, faulted.fault().problem("GetOrders").code());
        var bare =
                assertInstanceOf(Answer.Faulted.class, call("GetOrders", CALL, Optional.empty()));
        assertEquals("FailedAuthentication", bare.fault().code());
    }

    @Test
    void writesOrdersTheBankFindsValid() throws Exception {
        var returned =
                assertInstanceOf(
                        Answer.Returned.class,
                        call(
                                "PutOrder",
                                "{'order': {'Total': {'#text': 99.90, '@currency': 'EUR'},"
                                        + " 'State': 'Closed', 'Paid': true, 'No': '7',"
                                        + " '@version': 2, 'Scan': 'AAEC'}}",
                                teller("s3cret")));
        assertEquals(Samples.json("{'PutOrderResult': 42}"), returned.value());
    }
}
