package dev.mortise.api.soap;

import dev.mortise.api.soap.Security.Signing;
import dev.mortise.api.soap.schema.Xml;
import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateEncodingException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.crypto.MarshalException;
import javax.xml.crypto.dom.DOMStructure;
import javax.xml.crypto.dsig.CanonicalizationMethod;
import javax.xml.crypto.dsig.DigestMethod;
import javax.xml.crypto.dsig.Reference;
import javax.xml.crypto.dsig.SignatureMethod;
import javax.xml.crypto.dsig.SignedInfo;
import javax.xml.crypto.dsig.Transform;
import javax.xml.crypto.dsig.XMLSignatureException;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMSignContext;
import javax.xml.crypto.dsig.keyinfo.KeyInfo;
import javax.xml.crypto.dsig.spec.C14NMethodParameterSpec;
import javax.xml.crypto.dsig.spec.TransformParameterSpec;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/// Signs the body and the timestamp of an envelope: exclusive canonicalization, SHA-256, and the
/// certificate as a binary token the signature refers to.
final class Signature {
    private static final XMLSignatureFactory XML = XMLSignatureFactory.getInstance("DOM");
    private static final String TOKEN = "x509";

    private Signature() {}

    /// @param envelope with a header `wsse:Security`
    static byte[] sign(byte[] envelope, Signing signing) {
        Document document = Xml.parse(envelope, "the envelope");
        Element root = document.getDocumentElement();
        String soap = root.getNamespaceURI();
        Element body = Xml.children(root, soap, "Body").getFirst();
        Element header = Xml.children(root, soap, "Header").getFirst();
        Element security = Xml.children(header, SecurityHeader.WSSE, "Security").getFirst();
        List<Element> signed = new ArrayList<>(timestamps(security));
        // What is canonicalized is the tree, so the prefix has to be declared in it.
        body.setAttributeNS(XMLConstants.XMLNS_ATTRIBUTE_NS_URI, "xmlns:wsu", SecurityHeader.WSU);
        body.setAttributeNS(SecurityHeader.WSU, "wsu:Id", "body");
        signed.add(body);
        try {
            security.insertBefore(token(document, signing), security.getFirstChild());
            sign(security, signed, signing);
            return bytes(document);
        } catch (GeneralSecurityException
                | MarshalException
                | XMLSignatureException
                | TransformerException e) {
            throw new IllegalStateException("signing with " + signing, e);
        }
    }

    private static List<Element> timestamps(Element security) {
        return Xml.children(security, SecurityHeader.WSU, "Timestamp");
    }

    private static Element token(Document document, Signing signing)
            throws CertificateEncodingException {
        Element token = document.createElementNS(SecurityHeader.WSSE, "wsse:BinarySecurityToken");
        token.setAttributeNS(SecurityHeader.WSU, "wsu:Id", TOKEN);
        token.setAttribute("EncodingType", SecurityHeader.BASE64);
        token.setAttribute("ValueType", SecurityHeader.X509);
        byte[] certificate = signing.certificate().getEncoded();
        token.setTextContent(Base64.getEncoder().encodeToString(certificate));
        return token;
    }

    private static void sign(Element security, List<Element> signed, Signing signing)
            throws GeneralSecurityException, MarshalException, XMLSignatureException {
        List<Reference> references = new ArrayList<>();
        DOMSignContext context = new DOMSignContext(signing.key(), security);
        context.setDefaultNamespacePrefix("ds");
        for (Element element : signed) {
            String id = element.getAttributeNS(SecurityHeader.WSU, "Id");
            context.setIdAttributeNS(element, SecurityHeader.WSU, "Id");
            references.add(reference(id));
        }
        SignedInfo info =
                XML.newSignedInfo(
                        XML.newCanonicalizationMethod(
                                CanonicalizationMethod.EXCLUSIVE, (C14NMethodParameterSpec) null),
                        XML.newSignatureMethod(method(signing), null),
                        references);
        XML.newXMLSignature(info, keyInfo(security.getOwnerDocument())).sign(context);
    }

    private static Reference reference(String id) throws GeneralSecurityException {
        Transform exclusive =
                XML.newTransform(CanonicalizationMethod.EXCLUSIVE, (TransformParameterSpec) null);
        return XML.newReference(
                "#" + id,
                XML.newDigestMethod(DigestMethod.SHA256, null),
                List.of(exclusive),
                null,
                null);
    }

    private static String method(Signing signing) {
        return signing.key().getAlgorithm().equals("EC")
                ? SignatureMethod.ECDSA_SHA256
                : SignatureMethod.RSA_SHA256;
    }

    private static KeyInfo keyInfo(Document document) {
        Element holder =
                document.createElementNS(SecurityHeader.WSSE, "wsse:SecurityTokenReference");
        Element reference = document.createElementNS(SecurityHeader.WSSE, "wsse:Reference");
        reference.setAttribute("URI", "#" + TOKEN);
        reference.setAttribute("ValueType", SecurityHeader.X509);
        holder.appendChild(reference);
        return XML.getKeyInfoFactory().newKeyInfo(List.of(new DOMStructure(holder)));
    }

    private static byte[] bytes(Document document) throws TransformerException {
        Transformer transformer = TransformerFactory.newDefaultInstance().newTransformer();
        transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        transformer.transform(new DOMSource(document), new StreamResult(bytes));
        return bytes.toByteArray();
    }
}
