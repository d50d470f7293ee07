package dev.ristretto.machine.process;

import static com.oracle.svm.core.Uninterruptible.CALLED_FROM_UNINTERRUPTIBLE_CODE;
import static dev.ristretto.machine.Reasons.KERNEL_CODE;

import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.c.CGlobalData;
import com.oracle.svm.core.c.CGlobalDataFactory;
import jdk.graal.compiler.word.Word;
import org.graalvm.nativeimage.StackValue;
import org.graalvm.nativeimage.c.type.CCharPointer;
import org.graalvm.word.Pointer;

/**
 * Attaches to a TAP device that exists, while the sandbox is still open (Linux, {@code Documentation/networking/tuntap.rst}). Each frame
 * has virtio-net's header before it ({@code IFF_VNET_HDR}), so that Linux leaves segments whole and checksums open in both directions, and
 * lets us do so.
 */
final class TapDevice {
    private static final CGlobalData<CCharPointer> CLONE_DEVICE = CGlobalDataFactory.createCString("/dev/net/tun");

    /** {@code struct ifreq}: a name of up to 15 bytes and a zero, and what it is about. */
    private static final int REQUEST_SIZE = 40;
    private static final int VALUE_AT = 16;
    private static final int LONGEST_NAME = 15;

    private static final int SIOCGIFMTU = 0x8921;
    private static final int TUNSETIFF = 0x400454CA;
    private static final int TUNSETOFFLOAD = 0x400454D0;
    private static final int TUNSETVNETHDRSZ = 0x400454D8;
    private static final int IFF_TAP = 2;
    private static final int IFF_NO_PI = 0x1000;
    private static final int IFF_VNET_HDR = 0x4000;
    /** What we take: checksums left open, segments of TCP over IPv4 and IPv6 left whole ({@code TUN_F_CSUM} and so on). */
    private static final int OFFLOADS = 1 | 2 | 4;
    /** {@code struct virtio_net_hdr_v1}, what drivers of virtio 1.0 and later know. */
    private static final int HEADER_SIZE = 12;

    private int mtu;

    /** Bytes of the largest IP packet; 0 if there is no TAP device. */
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    int mtu() {
        return mtu;
    }

    /** {@code name} is ended by a blank or a zero. The descriptor; ends the process with a sentence if it cannot be had. */
    @Uninterruptible(reason = KERNEL_CODE)
    int open(Pointer name) {
        Pointer request = StackValue.get(REQUEST_SIZE);
        for (int i = 0; i < REQUEST_SIZE; i += 8) {
            request.writeLong(i, 0);
        }
        int length = 0;
        while (!Text.endsWordAt(name, length)) {
            if (length == LONGEST_NAME) {
                Text.cannotStart("the name of the TAP device in ristretto.net= is longer than the 15 bytes that Linux takes.");
            }
            request.writeByte(length, name.readByte(length));
            length++;
        }
        mtu = readMtu(request);
        return attach(request);
    }

    /** Asked first, because attaching to a name that does not exist would make a device where the rights suffice. */
    @Uninterruptible(reason = KERNEL_CODE)
    private static int readMtu(Pointer request) {
        long socket = Linux.call(Linux.SOCKET, Word.signed(Linux.AF_UNIX), Word.signed(Linux.SOCK_DGRAM), Word.zero());
        if (socket < 0 || Linux.call(Linux.IOCTL, Word.signed(socket), Word.signed(SIOCGIFMTU), request) < 0) {
            Text.cannotStart("there is no network device ", request, "; make it: ip tuntap add NAME mode tap user USER && ip link set NAME up");
        }
        Linux.call(Linux.CLOSE, socket);
        return request.readInt(VALUE_AT);
    }

    @Uninterruptible(reason = KERNEL_CODE)
    private static int attach(Pointer request) {
        long device = Linux.call(Linux.OPEN, (Pointer) CLONE_DEVICE.get(), Word.signed(Linux.O_RDWR));
        if (device == -Linux.EACCES || device == -Linux.EPERM) {
            Text.cannotStart("/dev/net/tun, which TAP devices need, may not be opened by this user; let it, or use the launcher's --net user.");
        } else if (device < 0) {
            Text.cannotStart("/dev/net/tun, which TAP devices need, is missing; load it (modprobe tun), or use the launcher's --net user.");
        }
        request.writeLong(VALUE_AT, IFF_TAP | IFF_NO_PI | IFF_VNET_HDR);
        long result = Linux.call(Linux.IOCTL, Word.signed(device), Word.signed(TUNSETIFF), request);
        if (result == -Linux.EBUSY) {
            Text.cannotStart("the TAP device ", request, " is in use by another program; end that, or make a device for each.");
        } else if (result == -Linux.EPERM) {
            Text.cannotStart("the TAP device ", request, " belongs to another user; make it for this one: ip tuntap add NAME mode tap user USER");
        } else if (result < 0) {
            Text.cannotStart("the network device ", request, " is no TAP device that one program alone may use; make one: "
                + "ip tuntap add NAME mode tap user USER");
        }
        Pointer size = StackValue.get(4);
        size.writeInt(0, HEADER_SIZE);
        if (Linux.call(Linux.IOCTL, Word.signed(device), Word.signed(TUNSETVNETHDRSZ), size) < 0
            || Linux.call(Linux.IOCTL, Word.signed(device), Word.signed(TUNSETOFFLOAD), Word.signed(OFFLOADS)) < 0) {
            Text.cannotStart("this Linux cannot put headers before the frames of the TAP device ", request, "; say --on qemu, or use --net user.");
        }
        return (int) device;
    }
}
