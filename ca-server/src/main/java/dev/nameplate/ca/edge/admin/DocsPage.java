package dev.nameplate.ca.edge.admin;

import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** The table of operations for the eye. */
final class DocsPage {
    private static final String STYLE =
            "body{font:15px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem}"
                    + "table{border-collapse:collapse;width:100%}td,th{text-align:left;vertical-align:top;"
                    + "padding:.35rem .6rem;border-bottom:1px solid #ccc}code{white-space:nowrap}";

    private final XMLStreamWriter out;

    private DocsPage(XMLStreamWriter out) {
        this.out = out;
    }

    static byte[] of(List<Operation> operations) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter out = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            new DocsPage(out).page(operations);
            out.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("a page that cannot be written into memory", e);
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void page(List<Operation> operations) throws XMLStreamException {
        out.writeDTD("<!DOCTYPE html>");
        out.writeStartElement("html");
        out.writeAttribute("lang", "en");
        out.writeStartElement("head");
        element("title", "Nameplate operator API");
        element("style", STYLE);
        out.writeEndElement();
        out.writeStartElement("body");
        element("h1", "Nameplate operator API");
        element(
                "p",
                "Machines read /api/v1/openapi.json. Lists are paged: give next of one page as after of the next.");
        for (String group :
                operations.stream().map(op -> op.route().group()).distinct().toList()) {
            element("h2", group);
            table(operations.stream()
                    .filter(op -> op.route().group().equals(group))
                    .toList());
        }
        out.writeEndElement();
        out.writeEndElement();
    }

    private void table(List<Operation> operations) throws XMLStreamException {
        out.writeStartElement("table");
        row("th", "call", "does", "roles", "takes", "answers");
        for (Operation operation : operations) {
            row(
                    "td",
                    operation.route().verb() + " " + operation.route().path(),
                    operation.summary(),
                    operation.roles().isEmpty() ? "anybody" : joined(operation.roles()),
                    joined(operation.parameters().stream().map(Parameter::name).toList())
                            + operation
                                    .body()
                                    .map(type -> " " + type.getSimpleName())
                                    .orElse(""),
                    operation.reply().status() + " " + operation.reply().says());
        }
        out.writeEndElement();
    }

    private void row(String kind, String... cells) throws XMLStreamException {
        out.writeStartElement("tr");
        for (String cell : cells) {
            element(kind, cell);
        }
        out.writeEndElement();
    }

    private void element(String name, String text) throws XMLStreamException {
        out.writeStartElement(name);
        out.writeCharacters(text);
        out.writeEndElement();
    }

    private static String joined(Iterable<?> things) {
        return java.util.stream.StreamSupport.stream(things.spliterator(), false)
                .map(Object::toString)
                .collect(Collectors.joining(", "));
    }
}
