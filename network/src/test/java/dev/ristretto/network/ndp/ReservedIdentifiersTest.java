package dev.ristretto.network.ndp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReservedIdentifiersTest {
    /** IANA's registry of reserved IPv6 interface identifiers. */
    @ParameterizedTest
    @CsvSource({
        "0000000000000000, true",
        "0000000000000001, false",
        "02005efffdffffff, false",
        "02005efffe000000, true",
        "02005efffe005213, true",
        "02005efffeffffff, true",
        "02005effff000000, false",
        "fdffffffffffff7f, false",
        "fdffffffffffff80, true",
        "fdffffffffffffff, true",
        "fe00000000000000, false"})
    void reserved(String identifier, boolean expected) {
        assertEquals(expected, TemporaryAddresses.isReserved(Long.parseUnsignedLong(identifier, 16)));
    }
}
