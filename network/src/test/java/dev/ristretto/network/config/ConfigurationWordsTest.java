package dev.ristretto.network.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ristretto.network.IpAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationWordsTest {
    private final List<String> complaints = new ArrayList<>();

    private NetworkConfiguration first(String words) {
        return ConfigurationWords.parse(List.of(words.split(" ")), complaints::add).forCard("eth0", 0);
    }

    private static InterfaceAddress at(String address, int length) {
        return new InterfaceAddress(IpAddress.parse(address), length);
    }

    @Test
    void nothingIsAutomatic() {
        assertEquals(NetworkConfiguration.AUTOMATIC, first("-Xmx64m -- ip"));
        assertEquals(List.of(), complaints);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "ip=10.0.0.2/24 gateway=10.0.0.1 dns=10.0.0.3,1.1.1.1 search=example.org ipv6=off",
        "ip=10.0.0.2::10.0.0.1:255.255.255.0:host:eth0:off:10.0.0.3:1.1.1.1 search=example.org --ipv4-only",
        "--ipv4=10.0.0.2/24 --ipv4-gateway=10.0.0.1 --ipv4-only=true dns=10.0.0.3 dns=1.1.1.1 search=example.org",
        "--ipv4 10.0.0.2/24 --ipv4-gateway 10.0.0.1 --ipv4-only dns=10.0.0.3,1.1.1.1 search=example.org",
        "netdev.ip=10.0.0.2/24:10.0.0.1:10.0.0.3:1.1.1.1:host:example.org ipv6=off",
        "--ip=eth0,10.0.0.2,255.255.255.0 --defaultgw=10.0.0.1 --nameserver=10.0.0.3,1.1.1.1 ipv6=none search=example.org"})
    void sixWaysToSayTheSame(String words) {
        NetworkConfiguration configuration = first(words);
        assertEquals(List.of(), complaints);
        assertEquals(new NetworkConfiguration(false, false, false, true, false, List.of(at("10.0.0.2", 24)), List.of(IpAddress.parse("10.0.0.1")), 0,
                List.of(IpAddress.parse("10.0.0.3"), IpAddress.parse("1.1.1.1")), List.of("example.org")), configuration);
    }

    @Test
    void ipv6() {
        NetworkConfiguration configuration = first("--ipv6=fd00::2/64 --ipv6-gateway=fe80::1 --ipv6-only");
        assertEquals(List.of(at("fd00::2", 64)), configuration.addresses());
        assertFalse(configuration.ipv4());
        assertFalse(configuration.dhcp());
        assertFalse(configuration.autoconfiguration());
        assertTrue(first("ipv6=fd00::2/64 ipv6=auto").autoconfiguration());
        assertTrue(first("ipv6=fd00::2/64").dhcp());
        assertFalse(first("ipv6=auto").temporaryAddresses());
        assertTrue(first("ipv6=temporary").temporaryAddresses());
        assertTrue(first("ipv6=fd00::2/64 ipv6=temporary").autoconfiguration());
        assertTrue(first("--ipv6=fd00::2/64 --accept-router-advertisements=true").autoconfiguration());
        assertEquals(List.of(), complaints);
    }

    @Test
    void severalCards() {
        NetworkSettings settings = ConfigurationWords.parse(List.of("ip=10.0.0.2/24", "eth1.ip=10.1.0.2/16", "eth1.mtu=1400", "eth1.ipv6=off"), complaints::add);
        assertEquals(List.of(at("10.0.0.2", 24)), settings.forCard("eth0", 0).addresses());
        assertEquals(List.of(at("10.1.0.2", 16)), settings.forCard("eth1", 1).addresses());
        assertEquals(1400, settings.forCard("eth1", 1).mtu());
        assertTrue(settings.forCard("eth2", 2).dhcp());
        assertEquals(List.of(), settings.forCard("eth2", 2).addresses());
        assertEquals(List.of(), complaints);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "ip=10.0.0.2 | the length of the network's prefix is missing; write ip=10.0.0.2/24 or what the length is",
        "ip=fred | 'fred' is no address; write ip=10.0.0.2/24, ip=dhcp or ip=off",
        "ip=10.0.0.2/33 | '33' is no length of a prefix, which is from 1 to 32",
        "ip=10.0.0.2/x | 'x' is no length of a prefix, which is from 1 to 32",
        "ip=127.0.0.1/8 | 127.0.0.1 cannot be the address of a card",
        "ip=10.0.0.2::10.0.0.1 | the mask is missing; write ip=10.0.0.2::GATEWAY:255.255.255.0",
        "ip=10.0.0.2::10.0.0.1:255.0.255.0 | '255.0.255.0' is no mask of a network, such as 255.255.255.0",
        "gateway=x | 'x' is no address of a router; write gateway=10.0.0.1",
        "dns=10.0.0.1,x | 'x' is no address of a name server; write dns=10.0.0.1 or dns=10.0.0.1,1.1.1.1",
        "mtu=12 | '12' is no size of a packet, which is from 576 to 65535 bytes",
        "--ipv4 | a value is missing; write --ipv4=10.0.0.2/24",
        "--ipv4=fd00::1/64 | 'fd00::1/64' is no IPv4 address",
        "--ipv4-only=maybe | 'maybe' is neither true nor false",
        "--ip=10.0.0.1 | write --ip=eth0,10.0.0.2,255.255.255.0"})
    void oneClearMessage(String word, String message) {
        NetworkConfiguration configuration = first(word);
        assertEquals(List.of("'" + word + "' on the command line is ignored: " + message), complaints);
        assertTrue(configuration.ipv4());
        assertEquals(0, configuration.mtu());
    }

    @Test
    void bothOff() {
        first("ip=off ipv6=off");
        assertEquals(List.of("IPv4 and IPv6 are both switched off on the command line: there is no network but loopback"), complaints);
    }

    @ParameterizedTest
    @CsvSource({"ip=x, true", "--ipv4, true", "eth1.dns=1.1.1.1, true", "ip, false", "-Dip=1, false", "zip=3, false", ".ip=3, false", "--ipv4-only, true"})
    void whichWordsAreOurs(String word, boolean ours) {
        assertEquals(ours, ConfigurationWords.isForNetwork(word));
    }
}
