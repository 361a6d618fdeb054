package dev.mortise.api.recipe.codec;

import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The serials by which Alipay names certificates: MD5 in hex over the name of the issuer, as RFC
/// 2253 writes it, and the serial number in decimal; of several certificates with `_` between.
public enum CertificateSerial {
    /// Of every certificate there is.
    ANY(""),
    /// Of those signed with RSA.
    RSA("1.2.840.113549.1.1"),
    /// Of those signed with SM2 and SM3.
    SM2("1.2.156.10197.1.501");

    private final String signedWith;

    /// @param signedWith what the object id of the signature algorithm begins with
    CertificateSerial(String signedWith) {
        this.signedWith = signedWith;
    }

    public static List<String> words() {
        return Stream.of(values()).map(v -> v.name().toLowerCase(Locale.ROOT)).toList();
    }

    /// Whether a text holds certificates, and not their serial already.
    public static boolean isCertificate(String text) {
        return text.contains("-----BEGIN CERTIFICATE");
    }

    /// @param setting names the text in messages
    /// @throws ProblemException with `OPTION_INVALID` when there is no certificate of this kind
    public String of(String setting, String pem) {
        try {
            Collection<? extends Certificate> found =
                    CertificateFactory.getInstance("X.509", KeyReader.BOUNCY_CASTLE)
                            .generateCertificates(
                                    new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)));
            String serials =
                    found.stream()
                            .map(X509Certificate.class::cast)
                            .filter(c -> c.getSigAlgOID().startsWith(signedWith))
                            .map(CertificateSerial::serial)
                            .collect(Collectors.joining("_"));
            if (!serials.isEmpty()) {
                return serials;
            }
        } catch (GeneralSecurityException e) {
            throw unfit(setting);
        }
        throw unfit(setting);
    }

    private static String serial(X509Certificate certificate) {
        String name = certificate.getIssuerX500Principal().getName();
        String text = name + certificate.getSerialNumber();
        try {
            MessageDigest md5 = MessageDigest.getInstance("MD5");
            return HexFormat.of().formatHex(md5.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("looking for MD5", e);
        }
    }

    private ProblemException unfit(String setting) {
        String kind = this == ANY ? "" : " signed with " + name();
        return ProblemException.of(
                ProblemCode.OPTION_INVALID,
                "setting '" + setting + "' of the recipe expects a certificate" + kind,
                "give the certificate as PEM, or its serial as the vendor shows it");
    }
}
