package dev.ristretto.imagetests.libraries;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.commons.lang3.ArrayUtils;
import org.apache.commons.lang3.BitField;
import org.apache.commons.lang3.BooleanUtils;
import org.apache.commons.lang3.CharSetUtils;
import org.apache.commons.lang3.CharUtils;
import org.apache.commons.lang3.ClassUtils;
import org.apache.commons.lang3.Conversion;
import org.apache.commons.lang3.EnumUtils;
import org.apache.commons.lang3.JavaVersion;
import org.apache.commons.lang3.LocaleUtils;
import org.apache.commons.lang3.ObjectUtils;
import org.apache.commons.lang3.RandomStringUtils;
import org.apache.commons.lang3.Range;
import org.apache.commons.lang3.SerializationUtils;
import org.apache.commons.lang3.StringEscapeUtils;
import org.apache.commons.lang3.StringUtils;
import org.apache.commons.lang3.SystemUtils;
import org.apache.commons.lang3.Validate;
import org.apache.commons.lang3.builder.CompareToBuilder;
import org.apache.commons.lang3.builder.EqualsBuilder;
import org.apache.commons.lang3.builder.HashCodeBuilder;
import org.apache.commons.lang3.builder.ReflectionToStringBuilder;
import org.apache.commons.lang3.builder.ToStringBuilder;
import org.apache.commons.lang3.builder.ToStringStyle;
import org.apache.commons.lang3.concurrent.BasicThreadFactory;
import org.apache.commons.lang3.concurrent.ConcurrentInitializer;
import org.apache.commons.lang3.concurrent.LazyInitializer;
import org.apache.commons.lang3.event.EventListenerSupport;
import org.apache.commons.lang3.exception.ExceptionUtils;
import org.apache.commons.lang3.math.Fraction;
import org.apache.commons.lang3.math.NumberUtils;
import org.apache.commons.lang3.mutable.MutableInt;
import org.apache.commons.lang3.reflect.FieldUtils;
import org.apache.commons.lang3.reflect.MethodUtils;
import org.apache.commons.lang3.stream.Streams;
import org.apache.commons.lang3.time.DateUtils;
import org.apache.commons.lang3.time.DurationFormatUtils;
import org.apache.commons.lang3.time.FastDateFormat;
import org.apache.commons.lang3.time.StopWatch;
import org.apache.commons.lang3.tuple.Pair;
import org.apache.commons.lang3.tuple.Triple;
import org.junit.jupiter.api.Test;

@SuppressWarnings("deprecation")
class CommonsLangTest {

    enum Season { SPRING, SUMMER }

    /** Looked at by reflection: see {@code reachability-metadata.json}. */
    static final class Bean implements Serializable, Comparable<Bean> {
        private static final long serialVersionUID = 1;
        private final String name;
        private final int age;

        Bean(String name, int age) {
            this.name = name;
            this.age = age;
        }

        public String greet(String greeting) {
            return greeting + ", " + name;
        }

        @Override
        public boolean equals(Object other) {
            return EqualsBuilder.reflectionEquals(this, other);
        }

        @Override
        public int hashCode() {
            return HashCodeBuilder.reflectionHashCode(17, 37, this);
        }

        @Override
        public int compareTo(Bean other) {
            return new CompareToBuilder().append(name, other.name).append(age, other.age).toComparison();
        }
    }

    @Test
    void strings() {
        assertEquals("Ristretto", StringUtils.capitalize("ristretto"));
        assertEquals("a...", StringUtils.abbreviate("abcdefgh", 4));
        assertEquals(3, StringUtils.getLevenshteinDistance("kitten", "sitting"));
        assertEquals("middle", StringUtils.substringBetween("[middle]", "[", "]"));
        assertEquals("  centre  ", StringUtils.center("centre", 10));
        assertEquals("eclair", StringUtils.stripAccents("\u00e9clair"));
        assertArrayEquals(new String[] {"a", "b", "c"}, StringUtils.split("a  b c"));
        assertTrue(StringUtils.isBlank(" \t") && StringUtils.isNumeric("123") && !StringUtils.isAlpha("a1"));
        assertEquals("olleh", StringUtils.reverse("hello"));
        assertEquals(2, StringUtils.countMatches("abcabc", "bc"));
        assertEquals("007", StringUtils.leftPad("7", 3, '0'));
        assertEquals("i am ", StringUtils.difference("you are a machine", "i am "));
    }

    @Test
    void arrays() {
        assertArrayEquals(new int[] {1, 3}, ArrayUtils.removeElement(new int[] {1, 2, 3}, 2));
        assertArrayEquals(new String[] {"a", "b"}, ArrayUtils.add(new String[] {"a"}, "b"));
        int[] reversed = {1, 2, 3};
        ArrayUtils.reverse(reversed);
        assertArrayEquals(new int[] {3, 2, 1}, reversed);
        assertArrayEquals(new Integer[] {1, 2}, ArrayUtils.toObject(new int[] {1, 2}));
        assertEquals(1, ArrayUtils.indexOf(new String[] {"x", "y"}, "y"));
        assertTrue(ArrayUtils.contains(new double[] {1, 2}, 2.0));
        assertArrayEquals(new int[] {4, 5}, ArrayUtils.subarray(new int[] {3, 4, 5, 6}, 1, 3));
    }

    @Test
    void numbersAndFractions() {
        assertEquals(7, NumberUtils.toInt("x", 7));
        assertTrue(NumberUtils.isCreatable("0x1F") && !NumberUtils.isCreatable("1e"));
        assertEquals(Long.valueOf(1L << 40), NumberUtils.createNumber("1099511627776"));
        assertEquals(9, NumberUtils.max(3, 9, 4));
        assertEquals(Fraction.getFraction(5, 6), Fraction.getFraction(1, 2).add(Fraction.getFraction(1, 3)).reduce());
        assertEquals("1 1/2", Fraction.getFraction(3, 2).toProperString());
    }

    @Test
    void buildersByReflection() {
        assertEquals(new Bean("Ada", 36), new Bean("Ada", 36));
        assertNotEquals(new Bean("Ada", 36), new Bean("Ada", 37));
        assertEquals(new Bean("Ada", 36).hashCode(), new Bean("Ada", 36).hashCode());
        assertTrue(new Bean("Ada", 1).compareTo(new Bean("Bob", 0)) < 0);
        assertEquals("CommonsLangTest.Bean[age=36,name=Ada]", new ReflectionToStringBuilder(new Bean("Ada", 36), ToStringStyle.SHORT_PREFIX_STYLE).toString());
        assertEquals("{\"n\":1,\"s\":\"x\"}", new ToStringBuilder(this, ToStringStyle.JSON_STYLE).append("n", 1).append("s", "x").toString());
    }

    @Test
    void reflection() throws ReflectiveOperationException {
        Bean bean = new Bean("Ada", 36);
        assertEquals(36, FieldUtils.readField(bean, "age", true));
        assertEquals("hi, Ada", MethodUtils.invokeMethod(bean, true, "greet", "hi"));
        assertEquals("CommonsLangTest.Bean", ClassUtils.getShortClassName(Bean.class));
        assertSame(int.class, ClassUtils.wrapperToPrimitive(Integer.class));
        assertTrue(ClassUtils.getAllInterfaces(ArrayList.class).contains(List.class));
        assertThrows(NoSuchMethodException.class, () -> MethodUtils.invokeMethod(bean, "absent"));
    }

    @Test
    void serialization() {
        Bean copy = SerializationUtils.clone(new Bean("Ada", 36));
        assertEquals(new Bean("Ada", 36), copy);
        ArrayList<String> list = new ArrayList<>(List.of("a", "b"));
        assertEquals(list, SerializationUtils.<ArrayList<String>>deserialize(SerializationUtils.serialize(list)));
    }

    @Test
    void dates() throws Exception {
        FastDateFormat format = FastDateFormat.getInstance("yyyy-MM-dd'T'HH:mm:ss.SSSZZ", TimeZone.getTimeZone("Europe/Berlin"), Locale.US);
        assertEquals("1970-01-01T01:00:00.000+01:00", format.format(0L));
        assertEquals(0, format.parse("1970-01-01T01:00:00.000+01:00").getTime());
        Calendar calendar = new GregorianCalendar(2026, Calendar.NOVEMBER, 23, 14, 5, 9);
        assertEquals(new GregorianCalendar(2026, Calendar.NOVEMBER, 23, 14, 0).getTime(), DateUtils.truncate(calendar, Calendar.HOUR).getTime());
        assertTrue(DateUtils.isSameDay(new Date(0), new Date(1_000)));
        assertEquals("01:01:01.500", DurationFormatUtils.formatDurationHMS(Duration.ofMillis(3_661_500).toMillis()));
        assertEquals("1 hour 1 minute", DurationFormatUtils.formatDurationWords(3_660_000, true, true));
    }

    @Test
    void tuplesAndRanges() {
        assertEquals("(a,1)", Pair.of("a", 1).toString());
        assertEquals(Triple.of(1, 2, 3), Triple.of(1, 2, 3));
        assertTrue(Pair.of("a", 1).compareTo(Pair.of("a", 2)) < 0);
        Range<Integer> range = Range.of(3, 8);
        assertTrue(range.contains(8) && !range.isOverlappedBy(Range.of(9, 10)));
        assertEquals(Range.of(5, 8), range.intersectionWith(Range.of(5, 20)));
    }

    @Test
    void exceptions() {
        Exception nested = new RuntimeException("outer", new IllegalStateException("middle", new ArithmeticException("root")));
        assertEquals("ArithmeticException: root", ExceptionUtils.getRootCauseMessage(nested));
        assertEquals(3, ExceptionUtils.getThrowableCount(nested));
        assertEquals(1, ExceptionUtils.indexOfType(nested, IllegalStateException.class));
        assertTrue(ExceptionUtils.getStackFrames(nested).length > 3);
        assertThrows(IllegalArgumentException.class, () -> Validate.isTrue(false, "number %d", 5));
    }

    @Test
    void enumsBooleansAndCharacters() {
        assertSame(Season.SUMMER, EnumUtils.getEnumIgnoreCase(Season.class, "summer"));
        assertEquals(2, EnumUtils.getEnumList(Season.class).size());
        assertTrue(BooleanUtils.toBoolean("yes") && !BooleanUtils.toBoolean("off"));
        assertEquals("\\u0041", CharUtils.unicodeEscaped('A'));
        assertEquals("hll", CharSetUtils.delete("hello", "eo"));
        assertEquals(5, new BitField(0xF0).getValue(0x50));
        assertEquals(0xCDF1, Conversion.byteArrayToInt(new byte[] {(byte) 0xF1, (byte) 0xCD}, 0, 0, 0, 2) & 0xFFFF);
    }

    @Test
    void escapes() {
        assertEquals("&lt;p&gt; &amp; &eacute;", StringEscapeUtils.escapeHtml4("<p> & \u00e9"));
        assertEquals("<\u00e9>", StringEscapeUtils.unescapeHtml4("&lt;&eacute;&gt;"));
        assertEquals("tab\\t\\u00E9", StringEscapeUtils.escapeJava("tab\t\u00e9"));
        assertEquals("\"a,\"\"b\"\"\"", StringEscapeUtils.escapeCsv("a,\"b\""));
    }

    @Test
    void concurrencyHelpers() throws Exception {
        Thread thread = BasicThreadFactory.builder().namingPattern("worker-%d").daemon(true).priority(3).build().newThread(() -> { });
        assertEquals("worker-1", thread.getName());
        MutableInt made = new MutableInt();
        ConcurrentInitializer<Integer> lazy = LazyInitializer.<Integer>builder().setInitializer(made::incrementAndGet).get();
        assertEquals(1, lazy.get());
        assertEquals(1, lazy.get());
        StopWatch watch = StopWatch.createStarted();
        Thread.sleep(3);
        watch.stop();
        assertTrue(watch.getTime(TimeUnit.MICROSECONDS) >= 2_900);
    }

    @Test
    void eventsThroughProxies() {
        EventListenerSupport<Runnable> support = EventListenerSupport.create(Runnable.class);
        MutableInt fired = new MutableInt();
        support.addListener(fired::increment);
        support.addListener(fired::increment);
        support.fire().run();
        assertEquals(2, fired.intValue());
    }

    @Test
    void objectsLocalesAndStreams() {
        assertEquals("b", ObjectUtils.firstNonNull(null, "b"));
        assertEquals(2, ObjectUtils.median(1, 2, 3));
        assertEquals(Locale.GERMANY, LocaleUtils.toLocale("de_DE"));
        assertEquals(10, RandomStringUtils.insecure().nextAlphanumeric(10).length());
        assertEquals(List.of(2, 4), Streams.failableStream(List.of(1, 2)).map(n -> n * 2).collect(Collectors.toList()));
        assertTrue(SystemUtils.isJavaVersionAtLeast(JavaVersion.JAVA_17));
        assertFalse(SystemUtils.IS_OS_WINDOWS);
    }
}
