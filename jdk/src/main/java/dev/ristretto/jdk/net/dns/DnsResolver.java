package dev.ristretto.jdk.net.dns;

import dev.ristretto.network.IpAddress;
import java.io.IOException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Header;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.NameTooLongException;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.ReverseMap;
import org.xbill.DNS.Section;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/**
 * Asks name servers, which do the work (a stub resolver, RFC 1034 §5.3.1): each in turn, again with more patience, by TCP when an answer
 * did not fit. Texts of failures are those of {@code gai_strerror(3)}, as the JDK has them on Linux. Any thread may call.
 */
public final class DnsResolver {
    /** How long to wait for an answer, round by round. */
    private static final long[] PATIENCE_MILLIS = {2_000, 4_000};
    /** The size that every network carries in one piece (DNS flag day 2020). */
    private static final int DATAGRAM_BYTES = 1_232;
    private static final int LONGEST_CHAIN = 8;

    private static final String NOT_KNOWN = "Name or service not known";
    private static final String TRY_AGAIN = "Temporary failure in name resolution";

    private final DnsTransport transport;
    private final List<IpAddress> servers;
    private final List<String> searchDomains;

    /** @param searchDomains tried for names without a dot, before the name itself, and for others after it */
    public DnsResolver(DnsTransport transport, List<IpAddress> servers, List<String> searchDomains) {
        this.transport = transport;
        this.servers = servers;
        this.searchDomains = searchDomains;
    }

    /**
     * Returns the addresses of a host, at least one.
     *
     * @throws UnknownHostException if there is none, or nobody could be asked
     */
    public List<IpAddress> addresses(String host, boolean ipv4, boolean ipv6) throws UnknownHostException {
        if (servers.isEmpty()) {
            throw new UnknownHostException(host + ": " + TRY_AGAIN + " (no name server is known)");
        }
        for (Name name : candidates(host)) {
            List<IpAddress> found = new ArrayList<>();
            if (ipv4) {
                collect(host, name, Type.A, found);
            }
            if (ipv6) {
                collect(host, name, Type.AAAA, found);
            }
            if (!found.isEmpty()) {
                return found;
            }
        }
        throw new UnknownHostException(host + ": " + NOT_KNOWN);
    }

    /**
     * Returns the name of an address.
     *
     * @throws UnknownHostException if it has none, or nobody could be asked
     */
    public String name(IpAddress address) throws UnknownHostException {
        if (!servers.isEmpty()) {
            for (Record record : ask(address.toString(), ReverseMap.fromAddress(address.bytes()), Type.PTR)) {
                if (record instanceof PTRRecord pointer) {
                    return pointer.getTarget().toString(true);
                }
            }
        }
        throw new UnknownHostException(address.toString());
    }

    private List<Name> candidates(String host) throws UnknownHostException {
        try {
            List<Name> names = new ArrayList<>();
            Name name = Name.fromString(host);
            if (name.isAbsolute()) {
                return List.of(name);
            }
            for (String domain : searchDomains) {
                try {
                    names.add(Name.concatenate(name, Name.fromString(domain, Name.root)));
                } catch (NameTooLongException e) {
                    // Such a name cannot exist.
                }
            }
            names.add(name.labels() > 1 ? 0 : names.size(), Name.concatenate(name, Name.root));
            return names;
        } catch (TextParseException | NameTooLongException e) {
            throw new UnknownHostException(host + ": " + NOT_KNOWN);
        }
    }

    /** Adds the addresses of a name, going from alias to alias (RFC 1034 §3.6.2). */
    private void collect(String host, Name name, int type, List<IpAddress> found) throws UnknownHostException {
        Name current = name;
        int before = found.size();
        for (int asked = 0; asked < LONGEST_CHAIN; asked++) {
            List<Record> records = ask(host, current, type);
            Name end = endOfChain(current, records);
            for (Record record : records) {
                if (record.getName().equals(end) && record.getType() == type) {
                    found.add(record instanceof ARecord a ? IpAddress.of(a.getAddress().getAddress())
                        : IpAddress.of(((AAAARecord) record).getAddress().getAddress()));
                }
            }
            if (found.size() > before || end.equals(current)) {
                return;
            }
            current = end;
        }
    }

    private static Name endOfChain(Name name, List<Record> records) {
        Name current = name;
        for (int link = 0; link < LONGEST_CHAIN; link++) {
            Name next = null;
            for (Record record : records) {
                if (record instanceof CNAMERecord alias && record.getName().equals(current)) {
                    next = alias.getTarget();
                }
            }
            if (next == null) {
                break;
            }
            current = next;
        }
        return current;
    }

    /** Returns what the first server that knows says; nothing if it says that there is nothing. */
    private List<Record> ask(String host, Name name, int type) throws UnknownHostException {
        for (long millis : PATIENCE_MILLIS) {
            for (IpAddress server : servers) {
                Message answer = ask(server, name, type, millis);
                int code = answer == null ? Rcode.SERVFAIL : answer.getRcode();
                if (code == Rcode.NOERROR) {
                    return answer.getSection(Section.ANSWER);
                }
                if (code == Rcode.NXDOMAIN) {
                    return List.of();
                }
            }
        }
        throw new UnknownHostException(host + ": " + TRY_AGAIN);
    }

    /** Returns the answer, null if there is none that can be used. */
    private Message ask(IpAddress server, Name name, int type, long millis) {
        try {
            Message answer = ask(server, query(name, type, true), false, millis);
            if (answer != null && answer.getRcode() == Rcode.FORMERR) {
                // A server from before EDNS (RFC 6891 §7).
                answer = ask(server, query(name, type, false), false, millis);
            }
            if (answer != null && answer.getHeader().getFlag(Flags.TC)) {
                answer = ask(server, query(name, type, true), true, millis);
            }
            return answer;
        } catch (IOException e) {
            return null;
        }
    }

    private Message query(Name name, int type, boolean extended) {
        // The number is set here: dnsjava's own would come from a generator that starts with the class.
        Message query = new Message(transport.random16());
        query.getHeader().setFlag(Flags.RD);
        query.addRecord(Record.newRecord(name, type, DClass.IN), Section.QUESTION);
        if (extended) {
            query.addRecord(new OPTRecord(DATAGRAM_BYTES, 0, 0), Section.ADDITIONAL);
        }
        return query;
    }

    private Message ask(IpAddress server, Message query, boolean stream, long millis) throws IOException {
        byte[] answer = transport.ask(server, query.toWire(Message.MAXLENGTH), stream, millis, bytes -> isAnswer(query, bytes));
        return answer == null ? null : new Message(answer);
    }

    /** RFC 5452 §9.1: the number and the question are those of the query. */
    private static boolean isAnswer(Message query, byte[] bytes) {
        try {
            Header header = new Header(bytes);
            if (header.getID() != query.getHeader().getID() || !header.getFlag(Flags.QR)) {
                return false;
            }
            Message answer = new Message(bytes);
            return answer.getRcode() == Rcode.FORMERR || query.getQuestion().equals(answer.getQuestion());
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }
}
