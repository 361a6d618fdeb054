package dev.mortise.api.egress;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ReachTest {
    @ParameterizedTest
    @CsvSource({
        "93.184.216.34, PUBLIC",
        "8.8.8.8, PUBLIC",
        "172.15.255.255, PUBLIC",
        "172.32.0.1, PUBLIC",
        "100.63.255.255, PUBLIC",
        "2606:2800:220:1:248:1893:25c8:1946, PUBLIC",
        "2002:808:808::1, PUBLIC",
        "127.0.0.1, PRIVATE",
        "127.9.9.9, PRIVATE",
        "::1, PRIVATE",
        "10.1.2.3, PRIVATE",
        "172.16.0.1, PRIVATE",
        "172.31.255.255, PRIVATE",
        "192.168.1.1, PRIVATE",
        "100.64.0.1, PRIVATE",
        "fd12:3456::1, PRIVATE",
        "::ffff:10.0.0.1, PRIVATE",
        "64:ff9b::7f00:1, PRIVATE",
        "2002:a00:1::1, PRIVATE",
        "::10.0.0.1, PRIVATE",
        "169.254.1.1, ANY",
        "169.254.169.254, ANY",
        "100.100.100.200, ANY",
        "fe80::1, ANY",
        "fd00:ec2::254, ANY",
        "::ffff:169.254.169.254, ANY",
        "64:ff9b::a9fe:a9fe, ANY",
        "168.63.129.16, ANY",
        "fd00:ec2::23, ANY",
        "fd20:ce::254, ANY",
        "::ffff:0:7f00:1, PRIVATE",
        "64:ff9b:1::1, PRIVATE",
        "2001:0:102:304::1, NEVER",
        "2001:200::1, PUBLIC",
        "0.0.0.0, NEVER",
        "0.1.2.3, NEVER",
        "224.0.0.1, NEVER",
        "255.255.255.255, NEVER",
        "::, NEVER",
        "ff02::1, NEVER",
        "2001:db8::1, NEVER",
    })
    void anAddressIsReachedFromHereOn(String literal, String least) throws Exception {
        InetAddress address = InetAddress.getByName(literal);
        for (Reach reach : Reach.values()) {
            boolean wanted = !least.equals("NEVER") && reach.compareTo(Reach.valueOf(least)) >= 0;
            assertEquals(wanted, reach.allows(address), literal + " from " + reach);
        }
    }
}
