package dev.mortise.server.outgoing;

import dev.mortise.api.egress.Pins;
import dev.mortise.api.egress.Reach;
import dev.mortise.engine.flow.Connection;
import dev.mortise.engine.plan.Connections;
import dev.mortise.spi.connect.Connector;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.net.UnknownHostException;
import java.util.Optional;

/// Where the server's connections to databases may lead: into private networks and to this machine,
/// never where clouds keep credentials, whatever a name leads to today. An API says by `reach` how
/// far it goes, and looks after that itself.
public final class Addresses {
    private static final String HOST = "host";

    /// Opens connections that a server may open.
    public static final Connections.Opening OPENING =
            new Connections.Opening() {
                @Override
                public Connector open(Connection connection) {
                    return Addresses.open(connection);
                }

                @Override
                public void giveBack(Connector connector) {
                    connector.close();
                }
            };

    private Addresses() {}

    /// @throws ProblemException ADDRESS_REFUSED; HOST_UNKNOWN when the name leads nowhere, for what
    ///     was not looked at must not be connected to
    public static Connector open(Connection connection) {
        host(connection).ifPresent(Addresses::demand);
        return connection.open();
    }

    private static Optional<String> host(Connection connection) {
        boolean known =
                connection.factory().options().stream()
                        .anyMatch(option -> option.name().equals(HOST));
        return known ? connection.settings().find(HOST) : Optional.empty();
    }

    private static void demand(String host) {
        try {
            Pins.check(host, Reach.PRIVATE);
        } catch (UnknownHostException e) {
            throw new ProblemException(
                    Problem.of(
                            ProblemCode.HOST_UNKNOWN,
                            "no address is known for '" + host + "'",
                            "check 'host' and the name server"),
                    e);
        } catch (ProblemException e) {
            throw new ProblemException(
                    Problem.of(
                            e.problem().code(),
                            e.problem().message(),
                            "no database stands at such an address; write another 'host'"),
                    e);
        }
    }
}
