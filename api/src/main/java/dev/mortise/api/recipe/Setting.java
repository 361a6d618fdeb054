package dev.mortise.api.recipe;

/// A value the user of a recipe gives: an id, a secret, a key.
///
/// @param example what it looks like
/// @param secret whether it must never be shown
/// @param fallback what holds when it is not given; empty when it has to be given or may be empty
/// @param required whether it has to be given
/// @param pair for a private key, the setting with the public key or certificate that verifies;
///     empty otherwise
/// @param prefix what is dropped from the beginning of the value, such as `whsec_`; may be empty
/// @param received whether verifying takes it from the message, where it chooses a key
/// @param serial of which certificates it is the serial, so that these may be given instead; empty
///     when it is none
public record Setting(
        String name,
        String example,
        boolean secret,
        boolean required,
        String fallback,
        String pair,
        String prefix,
        boolean received,
        String serial) {}
