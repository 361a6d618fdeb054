package dev.mortise.api.egress;

import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;

/// How the JDK finds [PinningResolver]: once a process, by `META-INF/services`.
public final class PinningResolvers extends InetAddressResolverProvider {
    @Override
    public InetAddressResolver get(Configuration configuration) {
        return new PinningResolver(configuration.builtinResolver());
    }

    @Override
    public String name() {
        return "Mortise, with pinned hosts";
    }
}
