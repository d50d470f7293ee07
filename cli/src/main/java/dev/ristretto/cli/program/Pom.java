package dev.ristretto.cli.program;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * What a {@code pom.xml} itself says, without what it inherits: enough to tell before Maven has worked for minutes that a project makes no jar.
 *
 * @param packaging {@code jar} where it does not say
 * @param modules paths as they stand there
 */
record Pom(String packaging, List<String> modules) {
    /** Reads it. A file that is no XML is for Maven to complain about: it counts as one that says nothing. */
    static Pom read(Path file) throws IOException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            DocumentBuilder builder = factory.newDocumentBuilder();
            builder.setErrorHandler(new DefaultHandler()); // says nothing, throws what is fatal
            Element project = builder.parse(file.toFile()).getDocumentElement();
            String packaging = children(project, "packaging").stream().map(Node::getTextContent).map(String::strip).findFirst().orElse("jar");
            List<String> modules = children(project, "modules").stream().flatMap(list -> children(list, "module").stream())
                    .map(Node::getTextContent).map(String::strip).toList();
            return new Pom(packaging, modules);
        } catch (SAXException | ParserConfigurationException e) {
            return new Pom("jar", List.of());
        }
    }

    private static List<Element> children(Element parent, String name) {
        NodeList nodes = parent.getChildNodes();
        return IntStream.range(0, nodes.getLength()).mapToObj(nodes::item).filter(node -> node.getNodeName().equals(name)).map(Element.class::cast).toList();
    }
}
