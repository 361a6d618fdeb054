package dev.mortise.api.egress;

import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The addresses of hosts that were looked up and checked. While a pin holds, every lookup of the
/// host in this process gives the same addresses (see [PinningResolver]).
public final class Pins {
    /// Longer than connecting may take, shorter than addresses usually live.
    private static final Duration HOLD = Duration.ofSeconds(60);

    private static final int PINS_MAX = 10_000;

    private static final Map<String, Pin> PINS = new ConcurrentHashMap<>();

    private record Pin(List<InetAddress> addresses, long until) {
        boolean holds() {
            return System.nanoTime() - until < 0;
        }
    }

    private Pins() {}

    /// Looks a host up and pins what it gives. One address out of reach refuses the host: a name
    /// that mixes both is how a private address is reached through a public name.
    ///
    /// @param host a name, or an address as it stands in a URI, IPv6 in brackets
    /// @throws ProblemException ADDRESS_REFUSED
    /// @throws UnknownHostException when the name leads nowhere
    public static void check(String host, Reach reach) throws UnknownHostException {
        String name = bare(host);
        List<InetAddress> addresses = List.of(InetAddress.getAllByName(name));
        for (InetAddress address : addresses) {
            if (!reach.allows(address)) {
                throw refused(host, address, reach);
            }
        }
        if (PINS.size() >= PINS_MAX) {
            PINS.values().removeIf(pin -> !pin.holds());
        }
        PINS.put(key(name), new Pin(addresses, System.nanoTime() + HOLD.toNanos()));
    }

    private static ProblemException refused(String host, InetAddress address, Reach reach) {
        Network network = Network.of(address);
        String kind = network.name().toLowerCase(Locale.ROOT).replace('_', '-');
        return ProblemException.of(
                ProblemCode.ADDRESS_REFUSED,
                "'%s' is at %s, a %s address, and calls may reach %s ones"
                        .formatted(host, address.getHostAddress(), kind, reach.word()),
                mend(network));
    }

    private static String mend(Network network) {
        return switch (network) {
            case LOOPBACK, PRIVATE -> "if it is meant, add 'reach: private' to the connection";
            case LINK_LOCAL, METADATA ->
                    "if it is really meant, add 'reach: any' to the connection";
            case NONE, INTERNET -> "check the host: no single machine has this address";
        };
    }

    /// What a host was pinned to, while that holds.
    static Optional<List<InetAddress>> of(String host) {
        Pin pin = PINS.get(key(host));
        return pin != null && pin.holds() ? Optional.of(pin.addresses()) : Optional.empty();
    }

    private static String bare(String host) {
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        return bracketed ? host.substring(1, host.length() - 1) : host;
    }

    private static String key(String host) {
        return host.toLowerCase(Locale.ROOT);
    }

    /// For tests: as if all holds were over.
    static void forget() {
        PINS.clear();
    }
}
