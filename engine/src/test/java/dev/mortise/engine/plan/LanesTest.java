package dev.mortise.engine.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mortise.spi.connect.Connector;
import dev.mortise.spi.connect.Health;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class LanesTest {
    /// A connection that allows so many sessions.
    private record Allowing(int sessionsMax) implements Connector {
        @Override
        public Health check() {
            return new Health(List.of(), Optional.empty(), "");
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }

    @Test
    void stayWithinWhatBothConnectionsAllow() {
        Allowing three = new Allowing(3);
        Allowing five = new Allowing(5);
        assertEquals(3, Pipeline.lanesMax(three, five, 4));
        assertEquals(3, Pipeline.lanesMax(five, three, 4));
        assertEquals(2, Pipeline.lanesMax(three, five, 2));
    }

    @Test
    void halveWhereOneConnectionServesBothEnds() {
        Allowing five = new Allowing(5);
        Allowing one = new Allowing(1);
        assertEquals(2, Pipeline.lanesMax(five, five, 4));
        assertEquals(1, Pipeline.lanesMax(one, one, 4));
    }
}
