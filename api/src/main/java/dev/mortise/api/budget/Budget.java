package dev.mortise.api.budget;

import dev.mortise.spi.problem.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/// Lets the calls of one connection out, as many as all of its limits allow, and no more. What is
/// counted lies in files, so that all processes that use a group share it. Used by many threads.
public final class Budget {
    static final Duration SILENCE_MAX = Duration.ofDays(1);
    static final Duration QUOTA_MAX = Duration.ofDays(32);

    /// Longest part of a file name; a name has at most two.
    private static final int NAME_MAX = 110;

    /// A process opens each file once; see [FileBoard].
    private static final Map<Path, FileBoard> BOARDS = new ConcurrentHashMap<>();
    private static final Map<Path, Account> ACCOUNTS = new ConcurrentHashMap<>();

    private final String connection;
    private final Limits limits;
    private final Optional<Path> folder;
    private final InstantSource clock;
    private final Spread spread;
    private final List<Account> shared;
    private final Map<String, List<Account>> each = new ConcurrentHashMap<>();

    private Budget(String connection, Limits limits, Optional<Path> folder, InstantSource clock) {
        this.connection = connection;
        this.limits = limits;
        this.folder = folder.map(Budget::real);
        this.clock = clock;
        this.spread = new Spread(limits.spread(), connection);
        this.shared = accounts(false, "");
    }

    /// @param folder where the counts are kept, shared by all that use the same groups
    public static Budget open(String connection, Limits limits, Path folder, InstantSource clock) {
        return new Budget(connection, limits, Optional.of(folder), clock);
    }

    /// A budget of this object alone, where there is no folder for state.
    public static Budget alone(String connection, Limits limits, InstantSource clock) {
        return new Budget(connection, limits, Optional.empty(), clock);
    }

    /// A folder under its own name: were a file open twice, closing one would drop the locks of
    /// both.
    private static Path real(Path folder) {
        try {
            Files.createDirectories(folder);
            return folder.toRealPath();
        } catch (IOException e) {
            throw FileBoard.failed(folder, e);
        }
    }

    private List<Account> accounts(boolean perResource, String resource) {
        return limits.groups().stream()
                .filter(group -> group.each() == perResource)
                .map(group -> account(group, resource))
                .toList();
    }

    private Account account(Limits.Group group, String resource) {
        String name = resource.isEmpty() ? group.name() : group.name() + "/" + resource;
        if (folder.isEmpty()) {
            return new Account(name, new MemoryBoard(Ledger.SIZE), group.limits(), clock);
        }
        String own = resource.isEmpty() ? "" : "." + fileName(resource);
        Path file = folder.get().resolve(fileName(group.name()) + own + ".budget");
        Account account =
                ACCOUNTS.computeIfAbsent(
                        file,
                        f ->
                                new Account(
                                        name,
                                        BOARDS.computeIfAbsent(
                                                f, b -> FileBoard.open(b, Ledger.SIZE)),
                                        group.limits(),
                                        clock));
        account.limits(connection, group.limits());
        return account;
    }

    /// Letters and digits stay as they are, every other byte is written out: no two names share a
    /// file. What is too long for one ends in a digest.
    private static String fileName(String group) {
        StringBuilder name = new StringBuilder();
        for (byte b : group.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = b > 0 && (Character.isLetterOrDigit(b) || b == '-');
            name.append(plain ? String.valueOf((char) b) : "_" + HexFormat.of().toHexDigits(b));
        }
        if (name.length() <= NAME_MAX) {
            return name.toString();
        }
        return name.substring(0, NAME_MAX - 33) + "_" + digest(group);
    }

    private static String digest(String text) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /// Waits for room in the limits all resources share.
    ///
    /// @param weight of the call, from 1
    /// @throws ProblemException with `THROTTLED` as soon as it is clear that there is no room
    ///     before the deadline; of a quota it says when that resets
    public Permit acquire(int weight, Instant deadline) {
        spreadOut(deadline);
        return acquire(shared, weight, deadline);
    }

    /// Waits for room for a call to a resource, with the weight and the limits it has.
    public Permit acquire(String resource, Instant deadline) {
        spreadOut(deadline);
        List<Account> all = new ArrayList<>(shared);
        all.addAll(each.computeIfAbsent(resource, r -> accounts(true, r)));
        return acquire(all, limits.weight(resource), deadline);
    }

    private Permit acquire(List<Account> accounts, int weight, Instant latest) {
        Instant last = clock.instant().plus(QUOTA_MAX);
        Instant deadline = latest.isAfter(last) ? last : latest;
        List<Permit> permits = new ArrayList<>();
        try {
            // All in the same order, or two callers might each wait for what the other holds.
            for (Account account : accounts.stream().sorted(Account.ORDER).toList()) {
                permits.add(account.acquire(weight, deadline));
            }
            return permits.size() == 1 ? permits.getFirst() : new All(permits);
        } catch (RuntimeException e) {
            permits.forEach(Permit::unused);
            throw e;
        }
    }

    private void spreadOut(Instant deadline) {
        Duration wait = spread.wait(clock.instant());
        // A courtesy, not a limit: it makes nobody late.
        if (wait.isPositive() && clock.instant().plus(wait).isBefore(deadline)) {
            long end = System.nanoTime() + wait.toNanos();
            for (long left = wait.toNanos();
                    left > 0 && !Thread.currentThread().isInterrupted();
                    left = end - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
        }
    }

    /// The vendor wants no calls for a while: nobody gets a permit, in any process.
    ///
    /// @param wait at most a day is believed
    public void throttled(Duration wait) {
        Duration believed = wait.compareTo(SILENCE_MAX) > 0 ? SILENCE_MAX : wait;
        Instant until = clock.instant().plus(believed);
        all().forEach(account -> account.pauseUntil(until));
    }

    /// The vendor says that nothing is left of its quota: whoever asks is told until when.
    ///
    /// @param until when the vendor's quota resets; at most 32 days ahead are believed
    public void quotaUsedUp(Instant until) {
        Instant last = clock.instant().plus(QUOTA_MAX);
        Instant believed = until.isAfter(last) ? last : until;
        all().forEach(account -> account.quotaGoneUntil(believed));
    }

    /// How far each limit over time is used, shared ones first.
    public List<Usage> usage() {
        return all().stream().flatMap(account -> account.usage().stream()).toList();
    }

    private List<Account> all() {
        List<Account> all = new ArrayList<>(shared);
        each.values().forEach(all::addAll);
        return all;
    }

    private record All(List<Permit> permits) implements Permit {
        @Override
        public void close() {
            permits.forEach(Permit::close);
        }

        @Override
        public void unused() {
            permits.forEach(Permit::unused);
        }
    }
}
