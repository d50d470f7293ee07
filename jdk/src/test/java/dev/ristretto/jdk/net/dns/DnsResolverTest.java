package dev.ristretto.jdk.net.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ristretto.network.IpAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Against servers written here; what goes between is what would be on the wire. */
class DnsResolverTest {
    private static final IpAddress SERVER = IpAddress.parse("10.0.2.3");
    private static final IpAddress OTHER = IpAddress.parse("10.0.2.4");

    /** Answers from a table, and remembers what it was asked. */
    private static final class Zone implements DnsTransport {
        final Map<String, List<Record>> records = new HashMap<>();
        final List<String> asked = new ArrayList<>();
        boolean truncates;
        boolean old;
        boolean forged;
        IpAddress silent;
        IpAddress failing;
        private int number = 100;

        Zone add(Record record) {
            records.computeIfAbsent(record.getName().toString(), name -> new ArrayList<>()).add(record);
            return this;
        }

        @Override
        public int random16() {
            return number++;
        }

        @Override
        public byte[] ask(IpAddress server, byte[] query, boolean stream, long millis, Predicate<byte[]> answers) throws IOException {
            Message question = new Message(query);
            asked.add(question.getQuestion().getName() + " " + Type.string(question.getQuestion().getType()) + (stream ? " tcp" : "") + " " + server);
            if (server.equals(silent)) {
                return null;
            }
            Message answer = new Message(question.getHeader().getID());
            answer.getHeader().setFlag(Flags.QR);
            answer.addRecord(question.getQuestion(), Section.QUESTION);
            if (server.equals(failing)) {
                answer.getHeader().setRcode(Rcode.SERVFAIL);
            } else if (old && question.getOPT() != null) {
                answer.getHeader().setRcode(Rcode.FORMERR);
            } else if (truncates && !stream) {
                answer.getHeader().setFlag(Flags.TC);
            } else {
                answer(question, answer);
            }
            byte[] bytes = answer.toWire(65_535);
            if (forged) {
                byte[] wrong = bytes.clone();
                wrong[1]++;
                assertTrue(!answers.test(wrong), "an answer with another number");
                assertTrue(!answers.test(query), "a query is no answer");
                assertTrue(!answers.test(new byte[] {1, 2, 3}), "garbage");
            }
            return answers.test(bytes) ? bytes : null;
        }

        private void answer(Message question, Message answer) {
            Name name = question.getQuestion().getName();
            if (!records.containsKey(name.toString())) {
                answer.getHeader().setRcode(Rcode.NXDOMAIN);
            }
            for (Record record : records.getOrDefault(name.toString(), List.of())) {
                if (record.getType() == question.getQuestion().getType() || record.getType() == Type.CNAME) {
                    answer.addRecord(record, Section.ANSWER);
                }
            }
        }
    }

    private static Name name(String text) {
        try {
            return Name.fromString(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Record a(String name, String address) throws UnknownHostException {
        return new ARecord(name(name), DClass.IN, 60, InetAddress.getByName(address));
    }

    private static Record aaaa(String name, String address) throws UnknownHostException {
        return new AAAARecord(name(name), DClass.IN, 60, InetAddress.getByName(address));
    }

    private final Zone zone = new Zone();

    private List<String> lookUp(String host, String... domains) throws UnknownHostException {
        return new DnsResolver(zone, List.of(SERVER, OTHER), List.of(domains)).addresses(host, true, true).stream().map(IpAddress::toString).toList();
    }

    private String failure(String host) {
        return assertThrows(UnknownHostException.class, () -> lookUp(host)).getMessage();
    }

    @Test
    void addressesOfBothVersions() throws Exception {
        zone.add(a("www.example.org.", "192.0.2.1")).add(a("www.example.org.", "192.0.2.2")).add(aaaa("www.example.org.", "2001:db8::1"));
        assertEquals(List.of("192.0.2.1", "192.0.2.2", "2001:db8::1"), lookUp("www.example.org"));
        assertEquals(List.of("www.example.org. A 10.0.2.3", "www.example.org. AAAA 10.0.2.3"), zone.asked);
    }

    @Test
    void aliasesAreFollowedAlsoAcrossAnswers() throws Exception {
        zone.add(new CNAMERecord(name("www.example.org."), DClass.IN, 60, name("web.example.net."))).add(a("web.example.net.", "192.0.2.9"));
        assertEquals(List.of("192.0.2.9"), lookUp("www.example.org"));
    }

    @Test
    void aliasesInACircleEnd() {
        zone.add(new CNAMERecord(name("a.example."), DClass.IN, 60, name("b.example.")));
        zone.add(new CNAMERecord(name("b.example."), DClass.IN, 60, name("a.example.")));
        assertEquals("a.example: Name or service not known", failure("a.example"));
    }

    @Test
    void shortNamesAreSearchedForFirstAndLongOnesLast() throws Exception {
        zone.add(a("db.corp.example.", "192.0.2.5")).add(a("a.b.corp.example.", "192.0.2.6"));
        assertEquals(List.of("192.0.2.5"), lookUp("db", "lab.example", "corp.example"));
        assertEquals("db.lab.example. A 10.0.2.3", zone.asked.getFirst());
        zone.asked.clear();
        assertEquals(List.of("192.0.2.6"), lookUp("a.b", "corp.example"));
        assertEquals("a.b. A 10.0.2.3", zone.asked.getFirst());
        zone.asked.clear();
        assertThrows(UnknownHostException.class, () -> lookUp("db.", "corp.example"));
        assertEquals(List.of("db. A 10.0.2.3", "db. AAAA 10.0.2.3"), zone.asked);
    }

    @Test
    void whatWasCutShortIsAskedForByTcp() throws Exception {
        zone.truncates = true;
        zone.add(a("big.example.", "192.0.2.1"));
        assertEquals(List.of("192.0.2.1"), lookUp("big.example"));
        assertTrue(zone.asked.contains("big.example. A tcp 10.0.2.3"), zone.asked.toString());
    }

    @Test
    void aServerThatIsSilentOrFailsIsPassedOver() throws Exception {
        zone.add(a("host.example.", "192.0.2.1"));
        zone.silent = SERVER;
        assertEquals(List.of("192.0.2.1"), lookUp("host.example"));
        zone.silent = OTHER;
        zone.failing = SERVER;
        assertEquals("host.example: Temporary failure in name resolution", failure("host.example"));
    }

    @Test
    void aServerFromBeforeEdns() throws Exception {
        zone.old = true;
        zone.add(a("host.example.", "192.0.2.1"));
        assertEquals(List.of("192.0.2.1"), lookUp("host.example"));
    }

    @Test
    void forgeriesAreNoAnswers() throws Exception {
        zone.forged = true;
        zone.add(a("host.example.", "192.0.2.1"));
        assertEquals(List.of("192.0.2.1"), lookUp("host.example"));
    }

    @Test
    void namesThatDoNotExistOrCannot() {
        assertEquals("nobody.example: Name or service not known", failure("nobody.example"));
        assertEquals("a..b: Name or service not known", failure("a..b"));
        String tooLong = "x".repeat(64) + ".example";
        assertEquals(tooLong + ": Name or service not known", failure(tooLong));
    }

    @Test
    void withoutServers() {
        DnsResolver resolver = new DnsResolver(zone, List.of(), List.of());
        String message = assertThrows(UnknownHostException.class, () -> resolver.addresses("host", true, true)).getMessage();
        assertEquals("host: Temporary failure in name resolution (no name server is known)", message);
    }

    @Test
    void theNameOfAnAddress() throws Exception {
        zone.add(new PTRRecord(name("1.2.0.192.in-addr.arpa."), DClass.IN, 60, name("one.example.")));
        DnsResolver resolver = new DnsResolver(zone, List.of(SERVER), List.of());
        assertEquals("one.example", resolver.name(IpAddress.parse("192.0.2.1")));
        assertThrows(UnknownHostException.class, () -> resolver.name(IpAddress.parse("192.0.2.2")));
    }
}
