package dev.mortise.api.egress;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/// What kind of network an address belongs to, by the IANA registries of special addresses. An IPv6
/// address that carries an IPv4 one (mapped, compatible, 6to4, NAT64) is what that one is.
enum Network {
    INTERNET,
    LOOPBACK,
    PRIVATE,
    LINK_LOCAL,
    /// Where clouds keep the credentials of a machine.
    METADATA,
    /// No address of one host: unspecified, multicast, broadcast, reserved, documentation.
    NONE;

    private static final class Block {
        private final byte[] prefix;
        private final int bits;
        private final Network network;

        private Block(byte[] prefix, int bits, Network network) {
            this.prefix = prefix;
            this.bits = bits;
            this.network = network;
        }

        static Block of(String text, Network network) {
            int slash = text.indexOf('/');
            byte[] prefix = literal(text.substring(0, slash));
            return new Block(prefix, Integer.parseInt(text.substring(slash + 1)), network);
        }

        boolean holds(byte[] address) {
            if (address.length != prefix.length) {
                return false;
            }
            int whole = bits / 8;
            for (int i = 0; i < whole; i++) {
                if (address[i] != prefix[i]) {
                    return false;
                }
            }
            int left = bits % 8;
            int mask = left == 0 ? 0 : 0xff << (8 - left);
            return left == 0 || ((address[whole] ^ prefix[whole]) & mask) == 0;
        }
    }

    /// The first that holds an address counts.
    private static final List<Block> BLOCKS =
            List.of(
                    Block.of("169.254.169.254/32", METADATA),
                    Block.of("169.254.170.2/32", METADATA),
                    Block.of("100.100.100.200/32", METADATA),
                    Block.of("192.0.0.192/32", METADATA),
                    Block.of("168.63.129.16/32", METADATA),
                    Block.of("fd00:ec2::/32", METADATA),
                    Block.of("fd20:ce::254/128", METADATA),
                    Block.of("127.0.0.0/8", LOOPBACK),
                    Block.of("::1/128", LOOPBACK),
                    Block.of("10.0.0.0/8", PRIVATE),
                    Block.of("172.16.0.0/12", PRIVATE),
                    Block.of("192.168.0.0/16", PRIVATE),
                    Block.of("100.64.0.0/10", PRIVATE),
                    Block.of("fc00::/7", PRIVATE),
                    Block.of("fec0::/10", PRIVATE),
                    Block.of("64:ff9b:1::/48", PRIVATE),
                    Block.of("169.254.0.0/16", LINK_LOCAL),
                    Block.of("fe80::/10", LINK_LOCAL),
                    Block.of("0.0.0.0/8", NONE),
                    Block.of("192.0.0.0/24", NONE),
                    Block.of("192.0.2.0/24", NONE),
                    Block.of("192.88.99.0/24", NONE),
                    Block.of("198.18.0.0/15", NONE),
                    Block.of("198.51.100.0/24", NONE),
                    Block.of("203.0.113.0/24", NONE),
                    Block.of("224.0.0.0/3", NONE),
                    Block.of("::/128", NONE),
                    Block.of("100::/64", NONE),
                    Block.of("2001::/23", NONE),
                    Block.of("2001:db8::/32", NONE),
                    Block.of("3fff::/20", NONE),
                    Block.of("5f00::/16", NONE),
                    Block.of("ff00::/8", NONE));

    /// Prefixes that an IPv4 address follows.
    private static final List<Block> CARRIERS =
            List.of(
                    Block.of("64:ff9b::/96", NONE),
                    Block.of("::/96", NONE),
                    Block.of("::ffff:0:0:0/96", NONE),
                    Block.of("2002::/16", NONE));

    static Network of(InetAddress address) {
        return switch (address) {
            case Inet4Address four -> of(four.getAddress());
            case Inet6Address six -> of(six.getAddress());
            default -> NONE;
        };
    }

    private static Network of(byte[] address) {
        for (Block block : BLOCKS) {
            if (block.holds(address)) {
                return block.network;
            }
        }
        for (Block carrier : CARRIERS) {
            if (carrier.holds(address)) {
                int from = carrier.bits / 8;
                return of(java.util.Arrays.copyOfRange(address, from, from + 4));
            }
        }
        return INTERNET;
    }

    private static byte[] literal(String text) {
        try {
            return InetAddress.getByName(text).getAddress();
        } catch (UnknownHostException e) {
            throw new IllegalStateException("no address literal: " + text, e);
        }
    }
}
