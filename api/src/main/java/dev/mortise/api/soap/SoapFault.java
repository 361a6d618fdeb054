package dev.mortise.api.soap;

import dev.mortise.api.soap.wsdl.SoapVersion;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import java.util.List;
import java.util.Locale;

/// A fault in place of an answer.
///
/// @param code `Client` or `Sender`, `Server` or `Receiver`, or one of the service's own
/// @param subcodes of SOAP 1.2, and what stands behind a dot in SOAP 1.1
/// @param reason in words; of several languages the first
/// @param actor who found the fault; often empty
/// @param detail the markup inside the detail; text is escaped as in XML
public record SoapFault(
        SoapVersion version,
        String code,
        List<String> subcodes,
        String reason,
        String actor,
        String detail) {
    /// Letters of a reason a problem shows.
    private static final int REASON_MAX = 500;

    public SoapFault {
        subcodes = List.copyOf(subcodes);
    }

    /// The fault as a problem: who is to act follows from its code.
    ///
    /// @param place the operation
    public Problem problem(String place) {
        String all = code + (subcodes.isEmpty() ? "" : " " + String.join(" ", subcodes));
        String words =
                reason.length() > REASON_MAX ? reason.substring(0, REASON_MAX) + "…" : reason;
        ProblemCode kind = kind(all);
        String fix =
                switch (kind) {
                    case LOGIN_REFUSED -> "check user, password, certificate and the clocks";
                    case VERSION_UNSUPPORTED -> "use the port of the other SOAP version";
                    case ROW_REFUSED -> "mend the values the fault speaks of";
                    default -> "ask the operator of the service, or try again later";
                };
        return new Problem(kind, "the service answers '%s': %s".formatted(all, words), place, fix);
    }

    private static ProblemCode kind(String codes) {
        String text = codes.toLowerCase(Locale.ROOT);
        if (text.contains("security") || text.contains("authentic")) {
            return ProblemCode.LOGIN_REFUSED;
        }
        if (text.contains("versionmismatch") || text.contains("mustunderstand")) {
            return ProblemCode.VERSION_UNSUPPORTED;
        }
        boolean ours = text.startsWith("client") || text.startsWith("sender");
        return ours ? ProblemCode.ROW_REFUSED : ProblemCode.SERVER_FAILED;
    }
}
