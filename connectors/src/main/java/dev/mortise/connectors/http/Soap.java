package dev.mortise.connectors.http;

import dev.mortise.api.answer.Meaning;
import dev.mortise.api.answer.Verdict;
import dev.mortise.api.auth.Files;
import dev.mortise.api.auth.Pem;
import dev.mortise.api.soap.Security;
import dev.mortise.api.soap.SoapCall;
import dev.mortise.api.soap.Verification;
import dev.mortise.connectors.http.Call.Answer;
import dev.mortise.spi.option.Secret;
import dev.mortise.spi.option.Settings;
import dev.mortise.spi.option.TreeReader;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The operation of a SOAP service that a resource calls. On our side both ways are JSON; what goes
/// over the wire is an envelope, made anew for each attempt, so that its nonce and time are fresh.
record Soap(SoapCall operation) {
    /// Reads `soap: {wsdl: bank.wsdl, operation: QueryBalance}`.
    static Optional<Soap> read(TreeReader reader, Wsdls wsdls) {
        String file = reader.required("wsdl", "bank.wsdl");
        String operation = reader.required("operation", "QueryBalance");
        List<String> json = reader.words("json_in");
        Files files = new Files(wsdls.folder());
        Optional<Security> security =
                reader.inner("security", "'security' of 'soap'")
                        .flatMap(inner -> security(inner, files));
        Optional<X509Certificate> signer =
                reader.inner("answers", "'answers' of 'soap'")
                        .flatMap(inner -> certificate(inner, files, true));
        reader.end();
        if (file.isEmpty() || operation.isEmpty()) {
            return Optional.empty();
        }
        try {
            SoapCall call = SoapCall.of(wsdls.read(file), operation);
            for (String path : json) {
                call = call.jsonIn(path);
            }
            call = security.map(call::with).orElse(call);
            Optional<Verification> answers =
                    signer.map(found -> new Verification(found, InstantSource.system()));
            return Optional.of(new Soap(answers.map(call::with).orElse(call)));
        } catch (ProblemException e) {
            Problem problem = e.problem();
            reader.problem(problem.code(), reader.placeOf("wsdl"), problem.line(), problem.fix());
        } catch (IllegalArgumentException _) {
            reader.invalid("json_in", "paths such as $.jsonParam, got " + json);
        }
        return Optional.empty();
    }

    private static Optional<Security> security(TreeReader reader, Files files) {
        Optional<Security.User> user =
                reader.text("user")
                        .map(name -> new Security.User(name, password(reader), form(reader)));
        Optional<PrivateKey> key = Pem.key(reader, "key", files);
        Optional<X509Certificate> certificate = certificate(reader, files, key.isPresent());
        Optional<Security.Signing> signing =
                key.flatMap(k -> certificate.map(c -> new Security.Signing(k, c)));
        Optional<Duration> timestamp = reader.text("timestamp").flatMap(Settings::parseDuration);
        if (timestamp.isEmpty() && reader.find("timestamp").isPresent()) {
            reader.invalid("timestamp", "a duration such as 5m");
        }
        boolean must = reader.bool("must_understand", true);
        reader.end();
        return Optional.of(new Security(user, timestamp, signing, must));
    }

    private static Secret password(TreeReader reader) {
        return new Secret(reader.required("password", "${env:BANK_PASSWORD}"));
    }

    private static Security.Password form(TreeReader reader) {
        String word = reader.choice("password_as", "digest", List.of("digest", "text"));
        return Security.Password.valueOf(word.toUpperCase(Locale.ROOT));
    }

    private static Optional<X509Certificate> certificate(
            TreeReader reader, Files files, boolean needed) {
        if (needed && reader.find("certificate").isEmpty()) {
            reader.required("certificate", "{file: keys/bank.pem}");
        }
        return Pem.certificates(reader, "certificate", files).stream().findFirst();
    }

    /// The call with its JSON in an envelope.
    ///
    /// @throws ProblemException when the schema does not take the values
    Call encoded(Call call) {
        String json =
                call.body().length == 0 ? "{}" : new String(call.body(), StandardCharsets.UTF_8);
        SoapCall.Request request = request(json);
        Map<String, String> headers = new LinkedHashMap<>(call.headers());
        request.headers()
                .keySet()
                .forEach(name -> headers.keySet().removeIf(name::equalsIgnoreCase));
        headers.putAll(request.headers());
        return new Call(
                call.resource(),
                "POST",
                call.uri(),
                headers,
                request.body(),
                call.repeatable(),
                call.confined(),
                false,
                call.awaits());
    }

    private SoapCall.Request request(String json) {
        List<Problem> problems = operation.check(json, "{}");
        if (problems.isEmpty()) {
            return operation.request(json, "{}");
        }
        // Whoever sends rows sets the one aside whose values the schema does not take.
        Problem first = problems.getFirst();
        String more = problems.size() > 1 ? ", and " + (problems.size() - 1) + " more" : "";
        throw new ProblemException(
                new Problem(
                        ProblemCode.ROW_REFUSED,
                        "the schema of the operation refuses it: " + first.message() + more,
                        first.place(),
                        first.fix()));
    }

    /// The answer with what was in its envelope as JSON; one that holds a fault is judged by it.
    /// What is no envelope and no success is left to the contract of the connection.
    Answer decoded(Answer answer) {
        String type = answer.header("content-type").orElse("");
        boolean success = answer.status() >= 200 && answer.status() < 300;
        if (!success && (!SoapCall.mayHold(type) || answer.body().length == 0)) {
            return answer;
        }
        try {
            SoapCall.Reply reply = operation.reply(type, new ByteArrayInputStream(answer.body()));
            return answer.json(reply.json().getBytes(StandardCharsets.UTF_8));
        } catch (ProblemException e) {
            if (e.problem().code() == ProblemCode.DOCUMENT_INVALID) {
                return success ? answer.judged(unreadable(e)) : answer;
            }
            return answer.judged(verdict(e, answer.status()));
        } catch (IOException e) {
            throw Egress.broken(answer.uri(), e);
        }
    }

    /// The envelope an answer came in, as contracts look at it; of one in parts that there was
    /// one.
    static byte[] text(Answer answer) {
        String type = answer.header("content-type").orElse("").toLowerCase(Locale.ROOT);
        return type.startsWith("multipart/") ? envelope() : answer.body();
    }

    /// For one of which only that it came is known.
    static byte[] envelope() {
        return "<Envelope/>".getBytes(StandardCharsets.UTF_8);
    }

    private static Verdict unreadable(ProblemException e) {
        Meaning meaning = new Meaning.Unreadable("no envelope came: " + e.problem().message());
        return new Verdict(meaning, "", "", Optional.empty(), ZoneOffset.UTC);
    }

    private static Verdict verdict(ProblemException e, int status) {
        Meaning meaning =
                switch (e.problem().code()) {
                    case LOGIN_REFUSED -> new Meaning.AuthDenied();
                    case ROW_REFUSED -> new Meaning.BusinessReject();
                    case SERVER_FAILED ->
                            status >= 500 ? new Meaning.Retryable() : new Meaning.Unexplained();
                    default -> throw e;
                };
        String code = e.problem().code() == ProblemCode.SERVER_FAILED ? "Server" : "";
        return new Verdict(meaning, code, e.problem().message(), Optional.empty(), ZoneOffset.UTC);
    }
}
