package dev.ristretto.imagetests.libraries;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The classes that Jackson looks into are listed in {@code reachability-metadata.json}. */
class JacksonTest {

    private final ObjectMapper mapper = new ObjectMapper();

    /** A bean with getters and setters. */
    public static class Person {
        private String name;
        private int age;
        private List<String> tags = new ArrayList<>();
        private Person partner;

        public String getName() {
            return name;
        }

        public void setName(String name) {
            this.name = name;
        }

        public int getAge() {
            return age;
        }

        public void setAge(int age) {
            this.age = age;
        }

        public List<String> getTags() {
            return tags;
        }

        public void setTags(List<String> tags) {
            this.tags = tags;
        }

        @JsonInclude(JsonInclude.Include.NON_NULL)
        public Person getPartner() {
            return partner;
        }

        public void setPartner(Person partner) {
            this.partner = partner;
        }

        @JsonIgnore
        public String getSecret() {
            return "secret";
        }
    }

    /** Values without setters. */
    public record Money(BigDecimal amount, String currency) { }

    /** A class made by a factory method. */
    public static final class Celsius {
        private final double degrees;

        private Celsius(double degrees) {
            this.degrees = degrees;
        }

        @JsonCreator
        public static Celsius of(@JsonProperty("degrees") double degrees) {
            return new Celsius(degrees);
        }

        @JsonProperty
        public double degrees() {
            return degrees;
        }
    }

    /** A hierarchy told apart by a property. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({@JsonSubTypes.Type(value = Dog.class, name = "dog"), @JsonSubTypes.Type(value = Cat.class, name = "cat")})
    public interface Animal {
    }

    /** One kind. */
    public record Dog(String name, boolean barks) implements Animal { }

    /** Another. */
    public record Cat(String name, int lives) implements Animal { }

    /** Fields, formats and the unknown rest. */
    public static class Loose {
        @JsonFormat(shape = JsonFormat.Shape.STRING, pattern = "yyyy-MM-dd", timezone = "UTC")
        public Date day;
        public Size size;
        private final Map<String, Object> rest = new TreeMap<>();

        @JsonAnySetter
        public void put(String key, Object value) {
            rest.put(key, value);
        }
    }

    /** An enum. */
    public enum Size { SMALL, LARGE }

    @Test
    void beansGoThereAndBack() throws IOException {
        Person person = new Person();
        person.setName("Ada \"the first\"");
        person.setAge(36);
        person.getTags().add("m\u00e4th");
        String json = mapper.writeValueAsString(person);
        assertEquals("{\"name\":\"Ada \\\"the first\\\"\",\"age\":36,\"tags\":[\"m\u00e4th\"]}", json);
        Person back = mapper.readValue(json, Person.class);
        assertEquals(person.getName(), back.getName());
        assertEquals(person.getTags(), back.getTags());
        assertNull(back.getPartner());
    }

    @Test
    void nestedBeans() throws IOException {
        Person person = mapper.readValue("{\"name\":\"Bob\",\"partner\":{\"name\":\"Ada\",\"age\":36,\"tags\":[\"x\",\"y\"]}}", Person.class);
        assertEquals(List.of("x", "y"), person.getPartner().getTags());
    }

    @Test
    void records() throws IOException {
        Money money = mapper.readValue("{\"amount\":12.50,\"currency\":\"EUR\"}", Money.class);
        assertEquals(new Money(new BigDecimal("12.50"), "EUR"), money);
        assertEquals("{\"amount\":12.50,\"currency\":\"EUR\"}", mapper.writeValueAsString(money));
    }

    @Test
    void creators() throws IOException {
        assertEquals(36.6, mapper.readValue("{\"degrees\":36.6}", Celsius.class).degrees());
        assertEquals("{\"degrees\":1.5}", mapper.writeValueAsString(Celsius.of(1.5)));
    }

    @Test
    void polymorphism() throws IOException {
        List<Animal> animals = mapper.readValue("[{\"kind\":\"dog\",\"name\":\"Rex\",\"barks\":true},{\"kind\":\"cat\",\"name\":\"Tom\",\"lives\":9}]",
                new TypeReference<>() { });
        assertEquals(List.of(new Dog("Rex", true), new Cat("Tom", 9)), animals);
        assertEquals("{\"kind\":\"cat\",\"name\":\"Tom\",\"lives\":8}", mapper.writeValueAsString(new Cat("Tom", 8)));
    }

    @Test
    void formatsEnumsAndTheRest() throws IOException {
        Loose loose = mapper.readValue("{\"day\":\"1970-01-02\",\"size\":\"LARGE\",\"x\":1,\"y\":[true]}", Loose.class);
        assertEquals(86_400_000, loose.day.getTime());
        assertEquals(Size.LARGE, loose.size);
        assertEquals("{x=1, y=[true]}", loose.rest.toString());
    }

    @Test
    void mapsAndGenerics() throws IOException {
        Map<String, List<Integer>> map = mapper.readValue("{\"a\":[1,2],\"b\":[]}", new TypeReference<LinkedHashMap<String, List<Integer>>>() { });
        assertEquals(Map.of("a", List.of(1, 2), "b", List.of()), map);
        assertEquals("{\"a\":[1,2],\"b\":[]}", mapper.writeValueAsString(map));
    }

    @Test
    void trees() throws IOException {
        JsonNode tree = mapper.readTree("{\"a\":{\"b\":[1,{\"c\":\"deep\"}]},\"n\":null}");
        assertEquals("deep", tree.at("/a/b/1/c").asText());
        assertTrue(tree.get("n").isNull() && tree.at(JsonPointer.compile("/x/y")).isMissingNode());
        ObjectNode object = mapper.createObjectNode().put("n", 1L);
        object.putArray("list").add(1).add("two").addNull();
        assertEquals("{\"n\":1,\"list\":[1,\"two\",null]}", object.toString());
        assertEquals(mapper.readTree(object.toString()), mapper.readTree("{\"list\":[1,\"two\",null],\"n\":1}"));
    }

    @Test
    void streaming() throws IOException {
        int depth = 0;
        int numbers = 0;
        try (JsonParser parser = new JsonFactory().createParser("[[1,2.5e3],[{\"x\":-7}]]")) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                numbers += token.isNumeric() ? 1 : 0;
            }
        }
        assertEquals(0, depth);
        assertEquals(3, numbers);
    }

    @Test
    void manyValues() throws IOException {
        int sum = 0;
        try (MappingIterator<Map<String, Integer>> values = mapper.readerFor(new TypeReference<Map<String, Integer>>() { })
                .readValues("{\"n\":1}\n{\"n\":2}\n{\"n\":3}")) {
            while (values.hasNext()) {
                sum += values.next().get("n");
            }
        }
        assertEquals(6, sum);
    }

    @Test
    void mistakesAreNamed() {
        JsonParseException e = assertThrows(JsonParseException.class, () -> mapper.readTree("{\"a\": nope}"));
        assertEquals(1, e.getLocation().getLineNr());
        assertThrows(UnrecognizedPropertyException.class, () -> mapper.readValue("{\"nmae\":1}", Person.class));
        InvalidFormatException wrong = assertThrows(InvalidFormatException.class, () -> mapper.readValue("{\"age\":\"old\"}", Person.class));
        assertEquals("age", wrong.getPath().getFirst().getFieldName());
    }

    @Test
    void configuration() throws IOException {
        ObjectMapper lenient = JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(SerializationFeature.INDENT_OUTPUT).propertyNamingStrategy(PropertyNamingStrategies.UPPER_CAMEL_CASE).build();
        Person person = lenient.readValue("{\"Name\":\"Cy\",\"Unknown\":1}", Person.class);
        assertEquals("Cy", person.getName());
        assertTrue(lenient.writeValueAsString(person).contains("\n  \"Name\" : \"Cy\""));
    }

    @Test
    void ownSerializers() throws IOException {
        SimpleModule module = new SimpleModule().addSerializer(Celsius.class, new JsonSerializer<>() {
            @Override
            public void serialize(Celsius value, JsonGenerator out, SerializerProvider provider) throws IOException {
                out.writeString(value.degrees() + " C");
            }
        });
        assertEquals("[\"20.0 C\"]", new ObjectMapper().registerModule(module).writeValueAsString(List.of(Celsius.of(20))));
    }

    @Test
    void largeDocuments() throws IOException {
        List<Money> many = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            many.add(new Money(BigDecimal.valueOf(i, 2), "EUR"));
        }
        byte[] bytes = mapper.writeValueAsBytes(many);
        assertEquals(many, mapper.readValue(bytes, new TypeReference<List<Money>>() { }));
    }

    @Test
    void conversionsAndUpdates() throws IOException {
        assertEquals(new Money(BigDecimal.TEN, "USD"), mapper.convertValue(Map.of("amount", 10, "currency", "USD"), Money.class));
        Person person = new Person();
        person.setName("before");
        mapper.readerForUpdating(person).readValue("{\"age\":5}");
        assertEquals("before 5", person.getName() + " " + person.getAge());
        assertInstanceOf(ObjectNode.class, mapper.valueToTree(person));
    }
}
