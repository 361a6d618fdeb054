package dev.mortise.server.access;

import dev.mortise.server.web.ProblemsException;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// What a provider's settings must be like.
final class ProviderRules {
    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");
    private static final int TEXT_MAX = 500;
    private static final int GROUPS_MAX = 500;
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

    private ProviderRules() {}

    static void demand(Provider provider, Predicate<String> isProject) {
        List<Problem> problems = new ArrayList<>();
        if (!ID.matcher(provider.id()).matches() || provider.id().equals(Person.LOCAL)) {
            problems.add(
                    invalid("id", "an id expects 1 to 32 of a-z, 0-9, '-', and is not 'local'"));
        }
        text(problems, "title", provider.title());
        switch (provider.settings()) {
            case Provider.Oidc oidc -> {
                address(problems, "oidc.issuer", oidc.issuer(), Set.of("https"), "http");
                text(problems, "oidc.client_id", oidc.clientId());
                text(problems, "oidc.name_claim", oidc.nameClaim());
            }
            case Provider.Ldap ldap -> {
                address(problems, "ldap.url", ldap.url(), Set.of("ldaps"), "ldap");
                text(problems, "ldap.user_base", ldap.userBase());
                filter(problems, "ldap.user_filter", ldap.userFilter());
                if (!ldap.groupBase().isEmpty()) {
                    filter(problems, "ldap.group_filter", ldap.groupFilter());
                }
            }
        }
        if (provider.groups().size() > GROUPS_MAX) {
            problems.add(invalid("groups", "expected at most %d groups".formatted(GROUPS_MAX)));
        }
        provider.groups()
                .values()
                .forEach(grants -> PersonRules.grants(grants, isProject, problems));
        PersonRules.grants(provider.everybody(), isProject, problems);
        if (!problems.isEmpty()) {
            throw new ProblemsException(problems);
        }
    }

    private static void text(List<Problem> problems, String place, String text) {
        if (text.isBlank() || text.length() > TEXT_MAX) {
            problems.add(invalid(place, "expected 1 to %d characters".formatted(TEXT_MAX)));
        }
    }

    private static void filter(List<Problem> problems, String place, String filter) {
        text(problems, place, filter);
        if (!filter.contains("{0}") || !filter.startsWith("(") || !filter.endsWith(")")) {
            problems.add(
                    invalid(
                            place,
                            "a filter expects brackets around it and '{0}', as in (uid={0})"));
        }
    }

    /// Passwords travel to it: without TLS only on this machine.
    private static void address(
            List<Problem> problems, String place, String text, Set<String> safe, String plain) {
        try {
            URI uri = new URI(text);
            String scheme = uri.getScheme() == null ? "" : uri.getScheme();
            String host = uri.getHost() == null ? "" : uri.getHost();
            boolean allowed =
                    safe.contains(scheme) || (scheme.equals(plain) && LOOPBACK.contains(host));
            if (!allowed || host.isEmpty() || uri.getRawUserInfo() != null) {
                problems.add(
                        invalid(
                                place,
                                "expected an address that begins with %s://, got another"
                                        .formatted(safe.iterator().next())));
            }
        } catch (URISyntaxException e) {
            problems.add(invalid(place, "expected an address"));
        }
    }

    private static Problem invalid(String place, String message) {
        return Problem.of(ProblemCode.VALUE_INVALID, message, "see the guide to signing in")
                .at(place);
    }
}
