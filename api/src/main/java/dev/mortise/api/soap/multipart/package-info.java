/// `multipart/related` as a stream: what travels beside an envelope.
@org.jspecify.annotations.NullMarked
package dev.mortise.api.soap.multipart;
