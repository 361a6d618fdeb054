package dev.mortise.api.soap;

import dev.mortise.api.soap.schema.Xml;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.security.cert.X509Certificate;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.crypto.KeySelector;
import javax.xml.crypto.MarshalException;
import javax.xml.crypto.dsig.CanonicalizationMethod;
import javax.xml.crypto.dsig.Reference;
import javax.xml.crypto.dsig.Transform;
import javax.xml.crypto.dsig.XMLSignature;
import javax.xml.crypto.dsig.XMLSignatureException;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMValidateContext;
import org.w3c.dom.Element;

/// Verifies the signature of an envelope with a certificate that is known beforehand; one the
/// message brings along is not looked at.
///
/// The signed element must be the very body of this envelope, and its only one. A copy of a signed
/// body elsewhere in the message, with another body in its place, is refused.
///
/// @param certificate of the service
/// @param clock against which a timestamp must not have run out
public record Verification(X509Certificate certificate, InstantSource clock) {
    private static final String ROOT = "the answer";
    private static final Set<String> TRANSFORMS = Set.of(CanonicalizationMethod.EXCLUSIVE);

    /// @throws ProblemException when the body is not signed by the certificate, or too old
    public void verify(byte[] envelope) {
        Element root = Xml.parse(envelope, ROOT).getDocumentElement();
        String soap = String.valueOf(root.getNamespaceURI());
        Element body = only(Xml.children(root, soap, "Body"), "body");
        Element header = only(Xml.children(root, soap, "Header"), "header");
        Element security =
                only(Xml.children(header, SecurityHeader.WSSE, "Security"), "security header");
        Element node = only(Xml.children(security, XMLSignature.XMLNS, "Signature"), "signature");
        Map<String, Element> ids = ids(root, new HashMap<>());
        DOMValidateContext context =
                new DOMValidateContext(
                        KeySelector.singletonKeySelector(certificate.getPublicKey()), node);
        context.setProperty("org.jcp.xml.dsig.secureValidation", true);
        List<Element> signable = new ArrayList<>(List.of(body));
        signable.addAll(Xml.children(security, SecurityHeader.WSU, "Timestamp"));
        // Services sign further parts, as their token or addressing headers.
        for (Element element : ids.values()) {
            if (!id(element).isEmpty()) {
                context.setIdAttributeNS(element, SecurityHeader.WSU, "Id");
            }
        }
        Set<String> covered = covered(context);
        for (Element element : signable) {
            if (id(element).isEmpty() || !covered.contains("#" + id(element))) {
                throw refused("'%s' is not signed".formatted(element.getLocalName()));
            }
        }
        signable.stream().skip(1).forEach(this::fresh);
    }

    private static String id(Element element) {
        return element.getAttributeNS(SecurityHeader.WSU, "Id");
    }

    private static Element only(List<Element> elements, String what) {
        if (elements.size() != 1) {
            throw refused("expected one %s, got %d".formatted(what, elements.size()));
        }
        return elements.getFirst();
    }

    /// Every id of the document: two that are equal could be mistaken for one another.
    private static Map<String, Element> ids(Element element, Map<String, Element> seen) {
        for (String id : List.of(id(element), element.getAttribute("Id"))) {
            if (!id.isEmpty() && seen.put(id, element) != null) {
                throw refused("the id '%s' stands there twice".formatted(id));
            }
        }
        Xml.children(element).forEach(child -> ids(child, seen));
        return seen;
    }

    /// What the signature covers, after it has been found valid.
    private static Set<String> covered(DOMValidateContext context) {
        try {
            XMLSignature signature =
                    XMLSignatureFactory.getInstance("DOM").unmarshalXMLSignature(context);
            Set<String> covered = new HashSet<>();
            for (Reference reference : signature.getSignedInfo().getReferences()) {
                refuseTransforms(reference);
                covered.add(reference.getURI());
            }
            if (!signature.validate(context)) {
                throw refused("the signature does not fit the message or the certificate");
            }
            return covered;
        } catch (MarshalException | XMLSignatureException e) {
            throw refused("the signature cannot be read: " + e.getMessage());
        }
    }

    /// A transform may sign less of an element than stands there.
    private static void refuseTransforms(Reference reference) {
        for (Transform transform : reference.getTransforms()) {
            if (!TRANSFORMS.contains(transform.getAlgorithm())) {
                throw refused("the transform " + transform.getAlgorithm());
            }
        }
    }

    private void fresh(Element timestamp) {
        Instant now = clock.instant();
        for (Element expires : Xml.children(timestamp, SecurityHeader.WSU, "Expires")) {
            try {
                Instant until = OffsetDateTime.parse(expires.getTextContent().strip()).toInstant();
                if (now.isAfter(until)) {
                    throw refused("it was valid until " + until + ", and it is " + now);
                }
            } catch (DateTimeException _) {
                throw refused("its timestamp is no time");
            }
        }
    }

    private static ProblemException refused(String why) {
        return ProblemException.of(
                        ProblemCode.LOGIN_REFUSED,
                        "the answer is not trusted: " + why,
                        "check the certificate of the service and the clocks")
                .at(ROOT);
    }
}
