package dev.mortise.server.alert;

import dev.mortise.server.alert.DeliveryStore.Delivery;
import dev.mortise.server.channel.Answer;
import dev.mortise.server.channel.Channel;
import dev.mortise.server.channel.Channels;
import dev.mortise.server.channel.Message;
import dev.mortise.server.store.Database;
import dev.mortise.server.store.Ids;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/// Sends what the outbox holds, at least once: a message whose answer nobody noted is sent again.
/// One server at a time has a channel; no more goes out in a minute than its vendor takes, and what
/// has piled up goes as one message.
@Component
final class Outbox {
    /// From so many on they go as one.
    private static final int MERGED_MIN = 4;

    private static final int ATTEMPTS_MAX = 12;
    private static final Duration LEASE = Duration.ofMinutes(5);
    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final Duration RETRY = Duration.ofSeconds(5);
    private static final Duration RETRY_MAX = Duration.ofMinutes(15);
    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);

    private final Database database;
    private final DeliveryStore deliveries;
    private final Channels channels;
    private final Sender sender;
    private final RandomGenerator random;
    private final String holder = Ids.next();

    /// What [Channels#send] does.
    interface Sender {
        Answer send(Channel channel, List<Message> messages, Instant now);
    }

    @Autowired
    Outbox(Database database, DeliveryStore deliveries, Channels channels) {
        this(database, deliveries, channels, channels::send, RandomGenerator.getDefault());
    }

    Outbox(
            Database database,
            DeliveryStore deliveries,
            Channels channels,
            Sender sender,
            RandomGenerator random) {
        this.database = database;
        this.deliveries = deliveries;
        this.channels = channels;
        this.sender = sender;
        this.random = random;
    }

    /// Sends what is due; channels side by side, so that a slow one holds up no other.
    void send(Instant now) {
        List<String> due = deliveries.channelsWithDue(now);
        if (due.isEmpty()) {
            return;
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (String channel : due) {
                all.add(threads.submit(() -> guarded(channel, now)));
            }
            LOG.debug("{} channels have messages due", all.size());
        }
    }

    private void guarded(String channel, Instant now) {
        try {
            send(channel, now);
        } catch (RuntimeException e) {
            // What was not settled stays due.
            LOG.error("sending on channel {} failed unexpectedly", channel, e);
        }
    }

    private void send(String id, Instant now) {
        Channel channel = channels.find(id).orElse(null);
        List<Instant> taken = deliveries.take(id, holder, now, LEASE).orElse(null);
        if (channel == null || taken == null) {
            return;
        }
        try {
            List<Instant> sends = new ArrayList<>(taken);
            sends.removeIf(at -> !at.isAfter(now.minus(WINDOW)));
            List<Delivery> due = deliveries.due(id, now);
            int room = channel.kind().perMinute() - sends.size();
            for (List<Delivery> together : together(due, room)) {
                sends.add(now);
                note(channel, sends);
                send(channel, together, now);
            }
        } finally {
            database.write(
                    dsl -> {
                        deliveries.release(dsl, id, holder);
                        return null;
                    });
        }
    }

    /// Before it is sent: a server that dies has then rather counted too much.
    private void note(Channel channel, List<Instant> sends) {
        database.write(
                dsl -> {
                    deliveries.sends(dsl, channel.id(), sends);
                    return null;
                });
    }

    /// Each by itself while there are few and room for all; else all as one.
    private static List<List<Delivery>> together(List<Delivery> due, int room) {
        if (due.isEmpty() || room <= 0) {
            return List.of();
        }
        boolean few = due.size() < MERGED_MIN && due.size() <= room;
        return few ? due.stream().map(List::of).toList() : List.of(due);
    }

    private void send(Channel channel, List<Delivery> together, Instant now) {
        List<Message> messages = together.stream().map(Delivery::message).toList();
        Answer answer = sender.send(channel, messages, now);
        Instant retry = retry(together.getFirst(), answer, now);
        database.write(
                dsl -> {
                    deliveries.settle(dsl, together, answer, retry, now);
                    return null;
                });
    }

    /// Exponential, with jitter, so that servers and channels do not all come back at once.
    private @Nullable Instant retry(Delivery delivery, Answer answer, Instant now) {
        if (answer.ok() || !answer.again() || delivery.attempts() + 1 >= ATTEMPTS_MAX) {
            return null;
        }
        long longest =
                Math.min(
                        RETRY_MAX.toMillis(),
                        RETRY.toMillis() << Math.min(delivery.attempts(), 20));
        return now.plusMillis(longest / 2 + random.nextLong(longest / 2 + 1));
    }
}
