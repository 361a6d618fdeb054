package dev.mortise.api.egress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolver.LookupPolicy;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class PinsTest {
    private static final LookupPolicy BOTH = LookupPolicy.of(LookupPolicy.IPV4 | LookupPolicy.IPV6);

    /// A name server that has changed its mind since the check.
    private static final InetAddressResolver CHANGED =
            new InetAddressResolver() {
                @Override
                public Stream<InetAddress> lookupByName(String host, LookupPolicy policy) {
                    return Stream.of(address("169.254.169.254"));
                }

                @Override
                public String lookupByAddress(byte[] address) {
                    return "changed";
                }
            };

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterEach
    void forget() {
        Pins.forget();
    }

    private static Problem refusal(String host, Reach reach) {
        return assertThrows(ProblemException.class, () -> Pins.check(host, reach)).problem();
    }

    @Test
    void refusesWhatIsOutOfReachAndSaysTheWay() {
        Problem own = refusal("localhost", Reach.PUBLIC);
        assertEquals(ProblemCode.ADDRESS_REFUSED, own.code());
        assertTrue(own.message().contains("loopback"), own.message());
        assertTrue(own.fix().contains("reach: private"), own.fix());
        Problem credentials = refusal("169.254.169.254", Reach.PRIVATE);
        assertTrue(credentials.message().contains("metadata"), credentials.message());
        assertTrue(credentials.fix().contains("reach: any"), credentials.fix());
        refusal("[::1]", Reach.PUBLIC);
        refusal("0.0.0.0", Reach.ANY);
    }

    @Test
    void ofWhatIsRefusedNothingIsPinned() {
        refusal("localhost", Reach.PUBLIC);
        assertTrue(Pins.of("localhost").isEmpty());
    }

    @Test
    void aPinnedHostCannotMove() throws Exception {
        PinningResolver resolver = new PinningResolver(CHANGED);
        assertEquals(
                List.of(address("169.254.169.254")),
                resolver.lookupByName("localhost", BOTH).toList());
        Pins.check("localhost", Reach.PRIVATE);
        List<InetAddress> pinned = resolver.lookupByName("LocalHost", BOTH).toList();
        assertTrue(pinned.stream().allMatch(InetAddress::isLoopbackAddress), pinned.toString());
        assertTrue(
                resolver.lookupByName("localhost", LookupPolicy.of(LookupPolicy.IPV4))
                        .allMatch(java.net.Inet4Address.class::isInstance));
    }

    @Test
    void theJdkAsksHere() throws Exception {
        Pins.check("localhost", Reach.PRIVATE);
        assertTrue(InetAddress.getByName("localhost").isLoopbackAddress());
        assertThrows(
                UnknownHostException.class, () -> Pins.check("no-such-host.invalid", Reach.ANY));
    }
}
