package dev.mortise.server.access;

import dev.mortise.api.egress.Pins;
import dev.mortise.api.egress.Reach;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.ldap.AuthenticationException;
import org.springframework.ldap.NameNotFoundException;
import org.springframework.ldap.NamingException;
import org.springframework.ldap.core.DirContextOperations;
import org.springframework.ldap.core.support.LdapContextSource;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.ldap.SpringSecurityLdapTemplate;
import org.springframework.security.ldap.authentication.BindAuthenticator;
import org.springframework.security.ldap.search.FilterBasedLdapUserSearch;
import org.springframework.stereotype.Component;

/// Signing in with a directory: the person is searched, then the directory is asked to let them in
/// with the password they typed. What they typed is escaped before it reaches a filter.
@Component
final class LdapLogin {
    private static final String TIMEOUT_MILLIS = "5000";
    private static final int NAME_MAX = 64;
    private static final int GROUPS_MAX = 1_000;

    private final ProviderStore providers;
    private final ProviderDesk desk;

    LdapLogin(ProviderStore providers, ProviderDesk desk) {
        this.providers = providers;
        this.desk = desk;
    }

    /// Empty when the directory knows no such person or the password is wrong.
    Optional<Person> person(String id, String name, String password) {
        Provider provider = providers.find(id).filter(Provider::enabled).orElse(null);
        // A directory lets everybody in who sends no password: that is its word for "nobody".
        if (provider == null
                || !(provider.settings() instanceof Provider.Ldap ldap)
                || password.isEmpty()
                || name.isEmpty()
                || name.length() > NAME_MAX) {
            return Optional.empty();
        }
        return identity(ldap, desk.secret(provider), name, password)
                .map(identity -> desk.person(provider, identity, ""));
    }

    /// The place where people are, read as 'bind_dn'.
    ///
    /// @throws ProblemException SERVER_UNAVAILABLE when it cannot be read
    String reach(Provider provider, Provider.Ldap ldap) {
        try {
            LdapContextSource source = source(ldap, desk.secret(provider));
            return new SpringSecurityLdapTemplate(source)
                    .retrieveEntry(ldap.userBase(), new String[] {"objectClass"})
                    .getNameInNamespace();
        } catch (AuthenticationException e) {
            throw unreachable("the directory refuses the login of 'bind_dn'", e);
        } catch (NameNotFoundException e) {
            throw unreachable("the directory has nothing at 'user_base'", e);
        } catch (NamingException e) {
            throw unreachable("the directory cannot be asked", e);
        }
    }

    private static Optional<Provider.Identity> identity(
            Provider.Ldap ldap, String secret, String name, String password) {
        try {
            LdapContextSource source = source(ldap, secret);
            BindAuthenticator binding = new BindAuthenticator(source);
            binding.setUserSearch(
                    new FilterBasedLdapUserSearch(ldap.userBase(), ldap.userFilter(), source));
            binding.afterPropertiesSet();
            DirContextOperations found =
                    binding.authenticate(
                            UsernamePasswordAuthenticationToken.unauthenticated(name, password));
            return Optional.of(identity(ldap, source, found, name));
        } catch (BadCredentialsException | UsernameNotFoundException e) {
            return Optional.empty();
        } catch (AuthenticationException e) {
            throw unreachable("the directory refuses the login of 'bind_dn'", e);
        } catch (NamingException
                | org.springframework.security.core.AuthenticationException
                | org.springframework.dao.IncorrectResultSizeDataAccessException e) {
            throw unreachable("the directory cannot be asked", e);
        }
    }

    private static Provider.Identity identity(
            Provider.Ldap ldap, LdapContextSource source, DirContextOperations found, String name) {
        String shown = Objects.requireNonNullElse(found.getStringAttribute("cn"), name);
        String dn = found.getNameInNamespace();
        List<String> groups = new ArrayList<>();
        if (!ldap.groupBase().isEmpty()) {
            SpringSecurityLdapTemplate template = new SpringSecurityLdapTemplate(source);
            template.setIgnorePartialResultException(true);
            groups.addAll(
                    template.searchForSingleAttributeValues(
                            ldap.groupBase(), ldap.groupFilter(), new String[] {dn}, "cn"));
        }
        return new Provider.Identity(
                dn, name, shown, groups.subList(0, Math.min(groups.size(), GROUPS_MAX)));
    }

    /// No directory stands where clouds keep credentials, whatever a name leads to today.
    private static void demandReach(String url) {
        try {
            Pins.check(URI.create(url).getHost(), Reach.PRIVATE);
        } catch (UnknownHostException e) {
            throw unreachable("the directory's host is not known", e);
        }
    }

    private static LdapContextSource source(Provider.Ldap ldap, String secret) {
        demandReach(ldap.url());
        LdapContextSource source = new LdapContextSource();
        source.setUrl(ldap.url());
        if (ldap.bindDn().isEmpty()) {
            source.setAnonymousReadOnly(true);
        } else {
            source.setUserDn(ldap.bindDn());
            source.setPassword(secret);
        }
        source.setPooled(false);
        source.setReferral("ignore");
        source.setBaseEnvironmentProperties(
                Map.of(
                        "com.sun.jndi.ldap.connect.timeout",
                        TIMEOUT_MILLIS,
                        "com.sun.jndi.ldap.read.timeout",
                        TIMEOUT_MILLIS));
        source.afterPropertiesSet();
        return source;
    }

    private static ProblemException unreachable(String message, Exception cause) {
        return new ProblemException(
                Problem.of(
                        ProblemCode.SERVER_UNAVAILABLE,
                        message,
                        "try again later; an administrator may check the provider's settings"),
                cause);
    }
}
