package dev.mortise.api.egress;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolver.LookupPolicy;
import java.util.List;
import java.util.stream.Stream;

/// Looks names up as the JDK does, but gives what a host is pinned to while its pin holds.
///
/// @param system the JDK's own
record PinningResolver(InetAddressResolver system) implements InetAddressResolver {
    @Override
    public Stream<InetAddress> lookupByName(String host, LookupPolicy policy)
            throws UnknownHostException {
        List<InetAddress> pinned =
                Pins.of(host).orElse(List.of()).stream()
                        .filter(address -> wanted(address, policy.characteristics()))
                        .toList();
        return pinned.isEmpty() ? system.lookupByName(host, policy) : pinned.stream();
    }

    private static boolean wanted(InetAddress address, int characteristics) {
        return switch (address) {
            case Inet4Address _ -> (characteristics & LookupPolicy.IPV4) != 0;
            case Inet6Address _ -> (characteristics & LookupPolicy.IPV6) != 0;
            default -> false;
        };
    }

    @Override
    public String lookupByAddress(byte[] address) throws UnknownHostException {
        return system.lookupByAddress(address);
    }
}
