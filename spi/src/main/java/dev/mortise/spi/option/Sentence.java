package dev.mortise.spi.option;

/// One sentence in the languages of the product.
public record Sentence(String en, String zh) {
    public static Sentence of(String en, String zh) {
        return new Sentence(en, zh);
    }
}
