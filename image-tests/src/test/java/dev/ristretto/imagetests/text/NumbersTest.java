package dev.ristretto.imagetests.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class NumbersTest {

    @Test
    void bigDecimals() {
        assertEquals(new BigDecimal("0.3"), new BigDecimal("0.1").add(new BigDecimal("0.2")));
        assertEquals("0.3333333333", BigDecimal.ONE.divide(BigDecimal.valueOf(3), 10, RoundingMode.HALF_UP).toString());
        assertEquals("1.4142135623730950488", new BigDecimal(2).sqrt(new MathContext(20)).toString());
        assertThrows(ArithmeticException.class, () -> BigDecimal.ONE.divide(BigDecimal.valueOf(3)));
        assertEquals(0, new BigDecimal("2.50").compareTo(new BigDecimal("2.5")));
        assertFalse(new BigDecimal("2.50").equals(new BigDecimal("2.5")));
        assertEquals("1.2E+10", new BigDecimal("12000000000").stripTrailingZeros().toString());
        assertEquals("-3", new BigDecimal("-2.5").setScale(0, RoundingMode.HALF_UP).toString());
        assertEquals("-2", new BigDecimal("-2.5").setScale(0, RoundingMode.HALF_EVEN).toString());
    }

    @Test
    void bigIntegers() {
        BigInteger factorial = BigInteger.ONE;
        for (int i = 2; i <= 50; i++) {
            factorial = factorial.multiply(BigInteger.valueOf(i));
        }
        assertEquals("30414093201713378043612608166064768844377641568960512000000000000", factorial.toString());
        assertEquals(new BigInteger("1000000007"), new BigInteger("1000000006").nextProbablePrime());
        // 2^3 is 1 modulo 7, and 10^12 is 1 modulo 3.
        assertEquals(BigInteger.TWO, BigInteger.TWO.modPow(new BigInteger("1000000000000"), BigInteger.valueOf(7)));
        assertEquals("ff00ff", new BigInteger("ff00ff", 16).toString(16));
        BigInteger a = new BigInteger(3_000, new Random(1));
        BigInteger b = new BigInteger(3_000, new Random(2));
        assertEquals(a.multiply(a).subtract(b.multiply(b)), a.add(b).multiply(a.subtract(b)));
        assertEquals(a, a.multiply(b).divide(b));
        assertEquals(a.abs().gcd(b), b.gcd(a));
    }

    @Test
    void integersAtTheirBounds() {
        assertEquals(Integer.MIN_VALUE, Integer.MAX_VALUE + 1);
        assertThrows(ArithmeticException.class, () -> Math.addExact(Integer.MAX_VALUE, 1));
        assertThrows(ArithmeticException.class, () -> Math.multiplyExact(Long.MAX_VALUE, 2L));
        assertEquals(-8446744073709551616L, Long.parseUnsignedLong("10000000000000000000"));
        assertEquals("18446744073709551615", Long.toUnsignedString(-1));
        assertEquals(1, Long.compareUnsigned(-1, 1));
        assertEquals(-2, Math.floorDiv(-3, 2));
        assertEquals(1, Math.floorMod(-3, 2));
        assertEquals(Long.MAX_VALUE / 2, Math.multiplyHigh(Long.MAX_VALUE, Long.MAX_VALUE));
    }

    @Test
    void bits() {
        assertEquals(13, Integer.bitCount(0x1fff));
        assertEquals(35, Long.numberOfTrailingZeros(1L << 35));
        assertEquals(28, Long.numberOfLeadingZeros(1L << 35));
        assertEquals(0x78563412, Integer.reverseBytes(0x12345678));
        assertEquals(0x23456781, Integer.rotateLeft(0x12345678, 4));
        assertEquals(0x80000000, Integer.reverse(1));
        assertEquals(0b1011, Integer.compress(0b10100001, 0b11100001));
        assertEquals(-1 >>> 28, 15);
        assertEquals(1, 1 << 32);
    }

    @Test
    void functionsOfDoubles() {
        assertEquals(1.0, Math.pow(Math.sin(0.7), 2) + Math.pow(Math.cos(0.7), 2), 1e-15);
        assertEquals(Math.E, Math.exp(1), 1e-15);
        assertEquals(10, Math.log10(1e10));
        assertEquals(5, Math.hypot(3, 4));
        assertEquals(3, Math.round(2.5));
        assertEquals(2.0, Math.rint(2.5));
        assertEquals(-1, Math.floor(-0.5));
        assertEquals(1.0000000000000002, Math.nextUp(1.0));
        assertEquals(0.1 * 10, 1.0);
        assertTrue(0.1 + 0.2 != 0.3);
        assertEquals(Math.PI / 4, Math.atan2(1, 1));
        assertEquals(Integer.MAX_VALUE, (int) 1e20);
        assertEquals(0, (int) Double.NaN);
        assertEquals(1.0f / 3, (float) (1.0 / 3));
        assertEquals(65_504f, Float.float16ToFloat((short) 0x7bff));
    }

    @Test
    void randomNumbersFollowTheirSeed() {
        Random random = new Random(42);
        assertEquals(-1170105035, random.nextInt());
        assertEquals(234785527, random.nextInt());
        assertEquals(new SplittableRandom(7).nextLong(), new SplittableRandom(7).nextLong());
        RandomGenerator generator = RandomGenerator.of("L64X128MixRandom");
        assertTrue(generator.ints(20, 0, 6).allMatch(n -> n >= 0 && n < 6));
        assertTrue(new Random().nextLong() != new Random().nextLong());
    }
}
