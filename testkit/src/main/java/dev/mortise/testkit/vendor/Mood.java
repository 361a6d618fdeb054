package dev.mortise.testkit.vendor;

import java.time.Duration;

/// What a vendor does on a bad day, for tests that want one.
///
/// @param tokenLife how long a token or session lives
/// @param throttleEvery each so-many-th business call is answered as one too many; 0 for none
/// @param failEvery each so-many-th business call fails on the vendor's side; 0 for none
/// @param repeatPage the page that comes once more in place of the one after it, counted from 1; 0
///     for none
/// @param latePage the page that comes late, counted from 1; 0 for none
/// @param lateness by how much
public record Mood(
        Duration tokenLife,
        int throttleEvery,
        int failEvery,
        int repeatPage,
        int latePage,
        Duration lateness) {
    public static final Mood CALM = new Mood(Duration.ofHours(2), 0, 0, 0, 0, Duration.ZERO);

    public Mood withTokenLife(Duration life) {
        return new Mood(life, throttleEvery, failEvery, repeatPage, latePage, lateness);
    }

    public Mood throttlingEvery(int calls) {
        return new Mood(tokenLife, calls, failEvery, repeatPage, latePage, lateness);
    }

    public Mood failingEvery(int calls) {
        return new Mood(tokenLife, throttleEvery, calls, repeatPage, latePage, lateness);
    }

    public Mood repeating(int page) {
        return new Mood(tokenLife, throttleEvery, failEvery, page, latePage, lateness);
    }

    public Mood delaying(int page, Duration time) {
        return new Mood(tokenLife, throttleEvery, failEvery, repeatPage, page, time);
    }

    public boolean throttles(int call) {
        return throttleEvery > 0 && call % throttleEvery == 0;
    }

    public boolean fails(int call) {
        return failEvery > 0 && call % failEvery == 0;
    }

    /// Where the rows of a page begin that was asked for; waits when the page is a late one.
    ///
    /// @param start the row asked for, counted from 0
    public int start(int start, int size) {
        int page = start / size + 1;
        if (page == latePage) {
            sleep();
        }
        return repeatPage > 0 && page == repeatPage + 1 ? start - size : start;
    }

    private void sleep() {
        try {
            Thread.sleep(lateness);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
