package dev.mortise.connectors.http;

import dev.mortise.api.answer.Contract;
import dev.mortise.api.auth.Access;
import dev.mortise.api.egress.Reach;
import dev.mortise.api.egress.Uris;
import dev.mortise.spi.option.Settings;
import dev.mortise.spi.option.Tree;
import dev.mortise.spi.option.TreeReader;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Everything a connection says, checked.
///
/// @param headers sent with every call
/// @param resources by name, in the order written
/// @param shared limits that all who use the connection keep together
record Endpoint(
        Access access,
        Contract contract,
        Map<String, String> headers,
        Map<String, Resource> resources,
        Limits limits,
        Optional<dev.mortise.api.budget.Limits> shared) {
    private static final URI NOWHERE = URI.create("http://localhost");

    /// @param reach which addresses calls may go to
    /// @param concurrency calls of one process at the same time
    /// @param retries how often one call is repeated
    /// @param patience how long one call may wait between its repetitions, all together
    record Limits(
            Reach reach,
            Duration timeout,
            Duration connect,
            int concurrency,
            int retries,
            Duration patience,
            long bytesMax) {}

    /// The operation a call of a resource is for.
    Optional<Soap> soap(String resource) {
        return Optional.ofNullable(resources.get(resource)).flatMap(Resource::soap);
    }

    /// The same, which nobody else uses: its limits hold for nothing.
    Endpoint alone() {
        return new Endpoint(access, contract, headers, resources, limits, Optional.empty());
    }

    URI base() {
        return access.base();
    }

    /// What a checked connection says.
    static Endpoint of(Settings settings) {
        List<Problem> problems = new ArrayList<>();
        Endpoint endpoint = read(settings, problems);
        if (!problems.isEmpty()) {
            throw new ProblemException(problems.getFirst());
        }
        return endpoint;
    }

    /// Reads on past every problem, so that all of them are noted.
    static Endpoint read(Settings settings, List<Problem> problems) {
        URI base = base(settings, problems);
        Access access = Access.read(settings, base, problems);
        Contract contract =
                settings.tree("errors")
                        .map(tree -> Contract.read(tree, problems))
                        .orElseGet(() -> Contract.find("rest").orElseThrow());
        Optional<dev.mortise.api.budget.Limits> shared =
                settings.tree("limits")
                        .map(
                                tree ->
                                        dev.mortise.api.budget.Limits.read(
                                                tree, settings.connection(), problems));
        Map<String, String> headers = headers(settings, problems);
        Wsdls wsdls = new Wsdls(settings.folder());
        Map<String, Resource> resources = new LinkedHashMap<>();
        settings.tree("resources")
                .ifPresent(
                        tree -> {
                            TreeReader reader = TreeReader.of(tree, "'resources'", problems);
                            reader.entries()
                                    .forEach(
                                            (name, inner) ->
                                                    resources.put(
                                                            name,
                                                            Resource.read(
                                                                    name, inner, wsdls, problems)));
                        });
        return new Endpoint(access, contract, headers, resources, limits(settings), shared);
    }

    private static Limits limits(Settings settings) {
        return new Limits(
                Reach.of(settings.text("reach")),
                settings.duration("timeout"),
                settings.duration("connect_timeout"),
                settings.integer("concurrency"),
                settings.integer("retries"),
                settings.duration("retry_wait"),
                settings.integer("body_bytes_max"));
    }

    private static URI base(Settings settings, List<Problem> problems) {
        String text = settings.find("base_url").orElse("");
        URI base = Uris.resolve(URI.create(""), text).orElse(NOWHERE);
        boolean plain = base.getRawQuery() == null && base.getRawFragment() == null;
        if (Uris.resolve(URI.create(""), text).isEmpty() || !plain) {
            problems.add(
                    new Problem(
                            ProblemCode.OPTION_INVALID,
                            "option 'base_url' expects an http or https address without user and"
                                    + " query",
                            place(settings, "base_url"),
                            "write it like 'base_url: https://api.example.com/v1'; what signs in"
                                    + " belongs into 'auth'"));
        }
        return base;
    }

    private static Map<String, String> headers(Settings settings, List<Problem> problems) {
        Map<String, String> headers = new LinkedHashMap<>();
        settings.tree("headers")
                .ifPresent(
                        tree -> {
                            Tree.Entries outer =
                                    new Tree.Entries(
                                            Map.of("headers", tree), Map.of(), tree.place());
                            headers.putAll(
                                    new TreeReader(outer, "the connection", problems)
                                            .texts("headers"));
                        });
        for (String name : headers.keySet()) {
            checkHeader(name, place(settings, "headers"), problems);
        }
        return headers;
    }

    private static void checkHeader(String name, String place, List<Problem> problems) {
        boolean ours =
                List.of("host", "content-length", "connection", "expect", "upgrade")
                        .contains(name.toLowerCase(Locale.ROOT));
        if (ours || !name.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+")) {
            problems.add(
                    new Problem(
                            ProblemCode.OPTION_INVALID,
                            "header '" + name + "' cannot be set",
                            place,
                            ours ? "leave it out; it follows from the call" : "mend its name"));
        }
    }

    private static String place(Settings settings, String option) {
        return settings.tree(option).map(tree -> tree.place().toString()).orElse("");
    }
}
