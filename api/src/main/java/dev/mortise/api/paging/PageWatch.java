package dev.mortise.api.paging;

import dev.mortise.api.page.Keys;
import dev.mortise.api.page.Page.Facts;
import dev.mortise.api.page.Page.Mark;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Whether pages are what they claim to be: each another one, none with records of the one before,
/// as many records as the total says, and not more of them than a run may take. Used by one thread.
public final class PageWatch {
    private static final int TOKENS_KEPT = 10_000;

    private final Paging paging;
    private final Keys keys;
    private final UnaryOperator<String> hide;
    private final Set<String> tokens = new LinkedHashSet<>();
    private @Nullable Long lastPrint;
    private long pages;

    /// The highest total of the scope so far.
    private long highest = -1;

    /// Whether the scope is read a second time.
    private boolean again;

    /// @param keys of the records that pass
    /// @param hide takes secrets out of a token
    public PageWatch(Paging paging, Keys keys, UnaryOperator<String> hide) {
        this.paging = paging;
        this.keys = keys;
        this.hide = hide;
    }

    /// Before a page is asked for.
    ///
    /// @throws ProblemException PAGES_EXCEEDED when the run has had its share; it goes on there
    public void enter(Position position) {
        if (pages >= paging.rules().pagesMax()) {
            throw ProblemException.of(
                    ProblemCode.PAGES_EXCEEDED,
                    "expected at most %d pages in one run, got that many, and page '%s' follows"
                            .formatted(pages, hide.apply(position.token())),
                    "run again: it goes on behind what was committed; or raise 'pages_max'");
        }
        pages++;
    }

    /// At the end of a page.
    ///
    /// @throws ProblemException SERVER_FAILED when it is the one before it again; SOURCE_CHANGED
    ///     when records have moved from one to the other
    public void leave(String token, Facts facts) {
        boolean same = facts.records() > 0 && lastPrint != null && facts.print() == lastPrint;
        lastPrint = facts.print();
        highest = Math.max(highest, facts.total().orElse(-1));
        int both = keys.turn();
        if (same || (both > 0 && both >= facts.records())) {
            throw repeated("page '%s' holds the same records as the one before it", token);
        }
        if (both > 0 && !paging.rules().overlaps()) {
            throw ProblemException.of(
                    ProblemCode.SOURCE_CHANGED,
                    "page '%s' holds %d records that the page before it held, too"
                            .formatted(hide.apply(token), both),
                    "ask the API for a fixed order, page by 'keyset', or say 'overlaps: allow' if"
                            + " the target takes rows twice");
        }
    }

    /// Before another page of the same scope.
    ///
    /// @throws ProblemException SERVER_FAILED when it was read already
    public void turn(String token, String next) {
        tokens.add(token);
        if (tokens.contains(next)) {
            throw repeated("the page after '%s' is one that was read already", token);
        }
        if (tokens.size() > TOKENS_KEPT) {
            tokens.remove(tokens.iterator().next());
        }
    }

    private ProblemException repeated(String message, String token) {
        return ProblemException.of(
                ProblemCode.SERVER_FAILED,
                "paging does not move: " + message.formatted(hide.apply(token)),
                "check the names of the paging's parameters and where its next cursor stands");
    }

    /// At the end of a scope. Pages that end before the total did lose rows, or rows moved while
    /// they were read; when the total fell meanwhile, numbered pages may have stepped over some.
    ///
    /// @return whether the scope is to be read once more from its start, as it may where rows can
    ///     come twice
    /// @throws ProblemException SOURCE_CHANGED when fewer records came than the last page promised
    public boolean end(Facts facts) {
        if (!again && paging.rules().overlaps() && (isShort(facts) || fell(facts))) {
            clear();
            again = true;
            return true;
        }
        if (isShort(facts)) {
            throw ProblemException.of(
                    ProblemCode.SOURCE_CHANGED,
                    "expected %d records as the API says, got %d"
                            .formatted(facts.total().orElse(0), facts.seen()),
                    "run again; if it stays, check the paging's 'size' and 'stop'");
        }
        return false;
    }

    private boolean isShort(Facts facts) {
        return counts() && facts.total().isPresent() && facts.seen() < facts.total().getAsLong();
    }

    private boolean fell(Facts facts) {
        boolean numbered = paging instanceof Paging.ByPage || paging instanceof Paging.ByOffset;
        return numbered && counts() && facts.total().orElse(highest) < highest;
    }

    private boolean counts() {
        return paging.end().marks().containsKey(Mark.TOTAL) && paging.after().isEmpty();
    }

    /// Before another scope, which has pages of its own.
    public void clear() {
        tokens.clear();
        keys.clear();
        lastPrint = null;
        highest = -1;
        again = false;
    }
}
