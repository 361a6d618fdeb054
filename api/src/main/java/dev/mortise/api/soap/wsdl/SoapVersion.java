package dev.mortise.api.soap.wsdl;

import java.util.Optional;

/// The two versions of SOAP: the namespace of the envelope and the media type it travels under.
public enum SoapVersion {
    V1_1("http://schemas.xmlsoap.org/soap/envelope/", "text/xml"),
    V1_2("http://www.w3.org/2003/05/soap-envelope", "application/soap+xml");

    private final String namespace;
    private final String mediaType;

    SoapVersion(String namespace, String mediaType) {
        this.namespace = namespace;
        this.mediaType = mediaType;
    }

    public String namespace() {
        return namespace;
    }

    public String mediaType() {
        return mediaType;
    }

    /// The `Content-Type` of a request. SOAP 1.2 carries the action here; SOAP 1.1 wants a header
    /// `SOAPAction` with the action in quotes.
    public String contentType(String action) {
        String type = mediaType + "; charset=utf-8";
        boolean carries = this == V1_2 && !action.isEmpty();
        return carries ? type + "; action=\"" + action + "\"" : type;
    }

    public static Optional<SoapVersion> of(String namespace) {
        for (SoapVersion version : values()) {
            if (version.namespace.equals(namespace)) {
                return Optional.of(version);
            }
        }
        return Optional.empty();
    }
}
