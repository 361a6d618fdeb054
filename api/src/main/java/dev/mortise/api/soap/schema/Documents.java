package dev.mortise.api.soap.schema;

import java.io.IOException;
import java.net.URI;

/// Where WSDL and XSD documents come from. This package asks for a location and never fetches one
/// itself, so that whoever hands this in decides which hosts and folders may be read.
@FunctionalInterface
public interface Documents {
    /// Bytes of one document at most; what is larger is refused.
    int BYTES_MAX = 16 << 20;

    /// Documents one WSDL may draw in.
    int COUNT_MAX = 500;

    /// Bytes of all documents of one service.
    long ALL_BYTES_MAX = 128L << 20;

    /// The whole document; an implementation may stop with an exception past [#BYTES_MAX].
    ///
    /// @param location as given to [Wsdl#read], or resolved against the document that names it
    byte[] fetch(String location) throws IOException;

    /// The location a document means by a relative one.
    static String resolve(String base, String location) {
        try {
            return URI.create(base).resolve(location.strip().replace(" ", "%20")).toString();
        } catch (IllegalArgumentException _) {
            return location.strip();
        }
    }
}
