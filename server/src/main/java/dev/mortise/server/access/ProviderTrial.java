package dev.mortise.server.access;

import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import org.springframework.stereotype.Component;

/// Asks a provider once, so that an administrator knows before the first person signs in.
/// Whether it is enabled does not count.
@Component
final class ProviderTrial {
    private final OidcRegistrations oidc;
    private final LdapLogin ldap;

    ProviderTrial(OidcRegistrations oidc, LdapLogin ldap) {
        this.oidc = oidc;
        this.ldap = ldap;
    }

    /// @param reached where people sign in, or where the directory lists them
    record Answer(String reached) {}

    /// @throws ProblemException SERVER_UNAVAILABLE when it does not answer as it should
    Answer ask(Provider provider) {
        return switch (provider.settings()) {
            case Provider.Oidc settings -> new Answer(reach(provider, settings));
            case Provider.Ldap settings -> new Answer(ldap.reach(provider, settings));
        };
    }

    private String reach(Provider provider, Provider.Oidc settings) {
        try {
            return oidc.reach(provider, settings);
        } catch (RuntimeException e) {
            // Spring tells with the same two classes what is away and what answers nonsense.
            throw new ProblemException(
                    Problem.of(
                            ProblemCode.SERVER_UNAVAILABLE,
                            "the issuer does not tell its configuration at"
                                    + " '/.well-known/openid-configuration'",
                            "compare 'issuer' with the one the provider names itself; it has to be"
                                    + " reachable from this server"),
                    e);
        }
    }
}
