package dev.mortise.bench.tool;

/// What a program that has ended told about itself.
///
/// @param ownSeconds by its own account; NaN when it gives none
/// @param rssBytes the most memory one of its processes held; 0 when it was not watched
public record Launched(double ownSeconds, long rssBytes) {
    public static final Launched UNWATCHED = new Launched(Double.NaN, 0);
}
