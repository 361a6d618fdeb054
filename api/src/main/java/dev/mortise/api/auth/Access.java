package dev.mortise.api.auth;

import dev.mortise.spi.option.Settings;
import dev.mortise.spi.option.Tree;
import dev.mortise.spi.option.TreeReader;
import dev.mortise.spi.problem.Problem;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/// What a connection says of signing in and signing.
///
/// @param base the address of the API
/// @param csrf the path that gives the token writing calls need; empty when they need none
/// @param tls what proves us in TLS and whom we trust; empty for the trust of the JVM alone
public record Access(
        URI base, Auth auth, Optional<String> csrf, Optional<Sign> sign, Optional<SSLContext> tls) {
    /// Reads the options `auth`, `sign` and `tls`; keys they name as files lie below the project.
    public static Access read(Settings settings, URI base, List<Problem> problems) {
        Files files = new Files(settings.folder());
        Optional<Tree> tree = settings.tree("auth");
        Auth auth =
                tree.map(found -> Auth.read(found, base, files, problems)).orElse(new Auth.None());
        Optional<String> csrf =
                tree.filter(Tree.Entries.class::isInstance)
                        .flatMap(found -> TreeReader.of(found, "'auth'", problems).text("csrf"));
        Optional<Sign> sign =
                settings.tree("sign").flatMap(found -> Sign.read(found, files, problems));
        Optional<SSLContext> tls =
                settings.tree("tls").flatMap(found -> Tls.read(found, files, problems));
        return new Access(base, auth, csrf, sign, tls);
    }

    /// Whether calls carry what no other host may see.
    public boolean secret() {
        return !(auth instanceof Auth.None) || sign.isPresent() || tls.isPresent();
    }

    /// Whether the answers of a resource have to be read whole to be verified or opened.
    public boolean readsWhole(String resource) {
        return sign.isPresent() && sign.get().reads(resource);
    }

    Stream<String> secrets() {
        return Stream.concat(auth.secrets(), sign.stream().flatMap(Sign::secrets))
                .map(secret -> secret.reveal());
    }
}
