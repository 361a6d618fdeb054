package dev.mortise.api.soap;

import dev.mortise.api.soap.Security.Signing;
import dev.mortise.api.soap.schema.Xml;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.xml.crypto.dsig.CanonicalizationMethod;
import javax.xml.crypto.dsig.DigestMethod;
import javax.xml.crypto.dsig.Reference;
import javax.xml.crypto.dsig.SignatureMethod;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMSignContext;
import javax.xml.crypto.dsig.spec.C14NMethodParameterSpec;
import javax.xml.crypto.dsig.spec.TransformParameterSpec;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/// Signs as another stack may: the body and the user's token, whose signature stands elsewhere.
final class FurtherParts {
    private static final XMLSignatureFactory XML = XMLSignatureFactory.getInstance("DOM");

    private FurtherParts() {}

    /// @param envelope with a header `wsse:Security` and a user in it
    static String sign(String envelope, Signing signing) throws Exception {
        Document document = Xml.parse(envelope.getBytes(StandardCharsets.UTF_8), "x");
        Element root = document.getDocumentElement();
        Element security = Xml.children(Xml.children(root).getFirst()).getFirst();
        List<Element> parts =
                List.of(Xml.children(security).getFirst(), Xml.children(root).getLast());
        DOMSignContext context = new DOMSignContext(signing.key(), security);
        List<Reference> references = new ArrayList<>();
        for (Element part : parts) {
            String id = part.getLocalName();
            part.setAttributeNS("http://www.w3.org/2000/xmlns/", "xmlns:wsu", SecurityHeader.WSU);
            part.setAttributeNS(SecurityHeader.WSU, "wsu:Id", id);
            context.setIdAttributeNS(part, SecurityHeader.WSU, "Id");
            references.add(
                    XML.newReference(
                            "#" + id,
                            XML.newDigestMethod(DigestMethod.SHA256, null),
                            List.of(
                                    XML.newTransform(
                                            CanonicalizationMethod.EXCLUSIVE,
                                            (TransformParameterSpec) null)),
                            null,
                            null));
        }
        var method =
                XML.newCanonicalizationMethod(
                        CanonicalizationMethod.EXCLUSIVE, (C14NMethodParameterSpec) null);
        var algorithm = XML.newSignatureMethod(SignatureMethod.RSA_SHA256, null);
        XML.newXMLSignature(XML.newSignedInfo(method, algorithm, references), null).sign(context);
        StringWriter out = new StringWriter();
        TransformerFactory.newDefaultInstance()
                .newTransformer()
                .transform(new DOMSource(document), new StreamResult(out));
        return out.toString();
    }
}
