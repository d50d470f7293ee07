package dev.ristretto.bench.work;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;

/** Reads a document of some 300 KB into Jackson's tree and writes it again, ten times. */
final class Json {
    private static final int RECORDS = 2000;

    private final ObjectMapper mapper = new ObjectMapper();
    private final String document = document();

    private String document() {
        ArrayNode records = mapper.createArrayNode();
        for (int i = 0; i < RECORDS; i++) {
            ObjectNode node = records.addObject().put("id", i).put("name", "record number " + i);
            node.put("price", i * 1.25).put("valid", i % 3 == 0);
            node.putArray("tags").add("one").add("two \"quoted\"").add("\u00fcber");
            node.putObject("place").put("x", i % 17).put("y", -i).putNull("z");
        }
        return records.toString();
    }

    long round() {
        try {
            String text = document;
            for (int i = 0; i < 10; i++) {
                JsonNode tree = mapper.readTree(text);
                text = mapper.writeValueAsString(tree);
            }
            return text.hashCode();
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
