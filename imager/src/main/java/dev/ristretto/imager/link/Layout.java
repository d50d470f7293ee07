package dev.ristretto.imager.link;

import static dev.ristretto.imager.link.ImageLayout.PAGE;
import static dev.ristretto.imager.link.ImageLayout.alignUp;

import java.util.List;

/**
 * Gives every loaded section its address: one after the other from {@link ImageLayout#BASE} up, each access class on pages of its own.
 *
 * <p>The order is code, read-only data, page tables, sealed files, image heap, writable data, zeroed memory. The boot code's sections come first
 * within each class.
 */
final class Layout {
    /**
     * Where the heap changes between read-only and writable, as offsets from its begin. The writable part begins with a chunk, hence with
     * a page. It ends anywhere; the page in which it ends is writable, as the builder's own run-time code makes it
     * ({@code com.oracle.svm.core.os.AbstractImageHeapProvider} and its heirs).
     */
    record HeapSplit(long writableBegin, long writableEnd) {
    }

    private static final String HEAP = ".svm_heap";
    /** Above are the memory-mapped devices of a PC: PCI windows, I/O APIC, local APIC. */
    private static final long LIMIT = 0xC000_0000L;

    private final Placement placement = new Placement();
    private long next = ImageLayout.BASE;

    private Layout() {
    }

    static boolean isHeap(InputSection section) {
        return section.name().equals(HEAP);
    }

    private static boolean isFiles(InputSection section) {
        return section.name().equals(Linker.FILES_SECTION);
    }

    /**
     * Places the sections.
     *
     * @param sections      of all inputs, the boot code's first
     * @param pageTables    gets its place after the read-only data
     * @param split         null if there is no image heap
     * @param heapAlignment in bytes
     */
    static Placement place(List<InputSection> sections, InputSection pageTables, HeapSplit split, long heapAlignment) throws LinkException {
        Layout layout = new Layout();
        Placement placement = layout.placement;
        long begin = layout.next;
        layout.group(select(sections, Access.RX), Access.RX);
        placement.span("text", begin, layout.next);
        begin = layout.next;
        layout.group(select(sections, Access.R), Access.R);
        placement.span("rodata", begin, layout.next);
        begin = layout.next;
        layout.group(List.of(pageTables), Access.R);
        placement.span("pagetables", begin, layout.next);
        for (InputSection section : sections) {
            if (isFiles(section)) {
                begin = layout.next;
                layout.group(List.of(section), Access.R);
                placement.span("files", begin, layout.next);
            }
        }
        for (InputSection section : sections) {
            if (isHeap(section)) {
                layout.heap(section, split, Math.max(heapAlignment, section.alignment()));
            }
        }
        begin = layout.next;
        layout.writable(select(sections, Access.RW));
        placement.span("data", begin, layout.next);
        placement.span("image", ImageLayout.BASE, layout.next);
        if (layout.next > LIMIT) {
            throw new LinkException("The image would take up memory to address 0x" + Long.toHexString(layout.next)
                    + ", but images end below 0x" + Long.toHexString(LIMIT));
        }
        return placement;
    }

    private static List<InputSection> select(List<InputSection> sections, Access access) {
        return sections.stream().filter(section -> section.access() == access && !isHeap(section) && !isFiles(section)).toList();
    }

    private void group(List<InputSection> sections, Access access) {
        long begin = alignUp(next, PAGE);
        next = begin;
        long contentsEnd = begin;
        for (InputSection section : sections) {
            put(section);
            contentsEnd = section.bytes().length > 0 ? next - section.memorySize() + section.bytes().length : contentsEnd;
        }
        close(access, begin, contentsEnd);
    }

    /** Contents first, so that the file needs no zeroes for the rest; guards split what has none into several regions. */
    private void writable(List<InputSection> sections) {
        group(sections.stream().filter(section -> !section.nobits()).toList(), Access.RW);
        long begin = next;
        for (InputSection section : sections) {
            if (section.guard()) {
                close(Access.RW, begin, begin);
                begin = next;
                put(section);
                close(null, begin, begin);
                begin = next;
            } else if (section.nobits()) {
                put(section);
            }
        }
        close(Access.RW, begin, begin);
    }

    private void heap(InputSection section, HeapSplit split, long alignment) throws LinkException {
        long size = alignUp(section.memorySize(), PAGE);
        if (split.writableBegin() < 0 || split.writableBegin() % PAGE != 0 || split.writableEnd() < split.writableBegin()
                || split.writableEnd() > size) {
            throw new LinkException("The writable part of the image heap, from " + split.writableBegin() + " to " + split.writableEnd()
                    + ", does not begin with a page within its " + size + " bytes");
        }
        long[] borders = {0, split.writableBegin(), alignUp(split.writableEnd(), PAGE), size};
        long begin = alignUp(next, alignment);
        placement.place(section, begin);
        long contentsEnd = begin + section.bytes().length;
        Access[] rights = {Access.R, Access.RW, Access.R};
        for (int i = 0; i < rights.length; i++) {
            if (borders[i] < borders[i + 1]) {
                long partEnd = begin + borders[i + 1];
                placement.add(new Region(rights[i], begin + borders[i], partEnd, Math.clamp(contentsEnd, begin + borders[i], partEnd)));
            }
        }
        next = begin + size;
    }

    private void put(InputSection section) {
        next = alignUp(next, section.alignment());
        placement.place(section, next);
        next += section.memorySize();
    }

    private void close(Access access, long begin, long contentsEnd) {
        next = alignUp(next, PAGE);
        if (next > begin) {
            placement.add(new Region(access, begin, next, contentsEnd));
        }
    }
}
