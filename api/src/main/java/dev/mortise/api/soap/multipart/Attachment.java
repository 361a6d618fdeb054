package dev.mortise.api.soap.multipart;

import java.io.IOException;
import java.io.InputStream;

/// Bytes that travel beside an envelope, named there by `cid:ID`.
public interface Attachment {
    /// Letters, digits and `.-_@`.
    String id();

    /// As `application/pdf`.
    String contentType();

    /// The bytes, from the start; the caller closes the stream.
    InputStream open() throws IOException;
}
