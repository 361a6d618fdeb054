package dev.mortise.api.egress;

import java.net.InetAddress;

/// How far calls may reach. Each includes the ones before it.
public enum Reach {
    /// Addresses that the whole internet routes.
    PUBLIC,
    /// Also those of this machine and of private networks: 10/8, 172.16/12, 192.168/16, 100.64/10,
    /// fc00::/7.
    PRIVATE,
    /// Also link-local ones, among them those where clouds hand out credentials.
    ANY;

    /// Whether calls may go to an address. Groups and what is no address of a host never.
    public boolean allows(InetAddress address) {
        return switch (Network.of(address)) {
            case INTERNET -> true;
            case LOOPBACK, PRIVATE -> this != PUBLIC;
            case LINK_LOCAL, METADATA -> this == ANY;
            case NONE -> false;
        };
    }

    /// What a word in a definition stands for; the least for one that is none.
    public static Reach of(String word) {
        for (Reach reach : values()) {
            if (reach.word().equals(word)) {
                return reach;
            }
        }
        return PUBLIC;
    }

    /// The word in a definition.
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
