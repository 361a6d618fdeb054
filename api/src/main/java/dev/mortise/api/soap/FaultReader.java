package dev.mortise.api.soap;

import dev.mortise.api.soap.wsdl.SoapVersion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// Reads a fault of either version of SOAP.
final class FaultReader {
    private final XMLStreamReader in;
    private final SoapVersion version;
    private final MarkupReader markup;
    private final List<String> codes = new ArrayList<>();
    private String reason = "";
    private String actor = "";
    private String detail = "";

    FaultReader(XMLStreamReader in, SoapVersion version) {
        this.in = in;
        this.version = version;
        this.markup = new MarkupReader(in);
    }

    /// Begins after the start of the fault and leaves the stream at its end.
    SoapFault read() throws XMLStreamException {
        while (in.next() != XMLStreamConstants.END_ELEMENT) {
            if (in.isStartElement()) {
                part();
            }
        }
        String code = codes.isEmpty() ? "" : codes.removeFirst();
        return new SoapFault(version, code, codes, reason, actor, detail);
    }

    private void part() throws XMLStreamException {
        switch (in.getLocalName()) {
            case "faultcode" -> codes.addAll(Arrays.asList(local(markup.text()).split("\\.", -1)));
            case "Code" -> code();
            case "faultstring" -> reason = markup.text().strip();
            case "Reason" -> reason = first();
            case "faultactor", "Role", "Node" -> actor = markup.text().strip();
            case "detail", "Detail" -> {
                MarkupReader.Inner inner = markup.inner();
                String text = inner.text().strip();
                detail = inner.markup() ? text : Markup.escaped(text, false);
            }
            default -> markup.skip();
        }
    }

    private static String local(String name) {
        String text = name.strip();
        return text.substring(text.indexOf(':') + 1);
    }

    /// `Value`, and below `Subcode` another code.
    private void code() throws XMLStreamException {
        int depth = 1;
        while (depth > 0) {
            int event = in.next();
            if (event == XMLStreamConstants.START_ELEMENT && in.getLocalName().equals("Value")) {
                codes.add(local(markup.text()));
            } else if (event == XMLStreamConstants.START_ELEMENT) {
                depth++;
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                depth--;
            }
        }
    }

    /// The first of several texts.
    private String first() throws XMLStreamException {
        String found = "";
        while (in.next() != XMLStreamConstants.END_ELEMENT) {
            if (in.isStartElement()) {
                String text = markup.text().strip();
                found = found.isEmpty() ? text : found;
            }
        }
        return found;
    }
}
