package dev.ristretto.storage.cowfs;

import java.util.Arrays;

/**
 * Which of a number of slots has which block, and which is to be the next block's: one that nobody has asked for since a hand that goes
 * round last passed it ("clock", which is nearly the least recently used one, without moving anything when one is found). Takes some 17 bytes
 * for each slot that has been used. For one thread at a time.
 */
final class Slots {
    static final int NONE = -1;
    private static final int FIRST = 64;

    private final int capacity;
    /** How many have been used; the others come first. */
    private int used;
    private int hand;
    /** Of each slot: its block or {@link #NONE}, whether it was asked for, and the slot after it in its chain or {@link #NONE}. */
    private long[] blocks = new long[0];
    private boolean[] asked = new boolean[0];
    private int[] next = new int[0];
    /** The first slot of each chain, or {@link #NONE}; as many as there are slots, a power of two. */
    private int[] chains = new int[0];

    /** @param capacity how many there are, at least 1 */
    Slots(int capacity) {
        this.capacity = capacity;
    }

    /** Returns the slot that has a block, or {@link #NONE}. */
    int find(long block) {
        int slot = chains.length == 0 ? NONE : chains[chain(block)];
        while (slot != NONE && blocks[slot] != block) {
            slot = next[slot];
        }
        if (slot != NONE) {
            asked[slot] = true;
        }
        return slot;
    }

    /** Returns the slot for a block: the one that has it, or one that it is given now. */
    int place(long block) {
        int slot = find(block);
        if (slot == NONE) {
            slot = used < capacity ? unused() : passed();
            remove(slot);
            put(slot, block);
        }
        return slot;
    }

    private int unused() {
        if (used == blocks.length) {
            grow();
        }
        blocks[used] = NONE;
        return used++;
    }

    private void grow() {
        int length = (int) Math.min(Math.max(FIRST, 2L * used), capacity);
        blocks = Arrays.copyOf(blocks, length);
        asked = Arrays.copyOf(asked, length);
        next = Arrays.copyOf(next, length);
        chains = new int[Math.max(FIRST, Integer.highestOneBit(length))];
        Arrays.fill(chains, NONE);
        for (int slot = 0; slot < used; slot++) {
            if (blocks[slot] != NONE) {
                link(slot);
            }
        }
    }

    private int passed() {
        while (asked[hand]) {
            asked[hand] = false;
            hand = (hand + 1) % capacity;
        }
        int slot = hand;
        hand = (hand + 1) % capacity;
        return slot;
    }

    /** Gives an empty slot a block that no other one has, and that counts as asked for: what was read ahead has not been yet. */
    void put(int slot, long block) {
        blocks[slot] = block;
        asked[slot] = true;
        link(slot);
    }

    private void link(int slot) {
        int chain = chain(blocks[slot]);
        next[slot] = chains[chain];
        chains[chain] = slot;
    }

    /** Empties a slot. */
    void remove(int slot) {
        if (blocks[slot] == NONE) {
            return;
        }
        int chain = chain(blocks[slot]);
        if (chains[chain] == slot) {
            chains[chain] = next[slot];
        } else {
            int before = chains[chain];
            while (next[before] != slot) {
                before = next[before];
            }
            next[before] = next[slot];
        }
        blocks[slot] = NONE;
        asked[slot] = false;
    }

    /** Empties some neighbours, so far as they have been used. */
    void removeAll(int from, int to) {
        for (int slot = from; slot < Math.min(to, used); slot++) {
            remove(slot);
        }
    }

    /** Forgets all, and how many there were. */
    void clear() {
        used = 0;
        hand = 0;
        blocks = new long[0];
        asked = new boolean[0];
        next = new int[0];
        chains = new int[0];
    }

    /** Neighbours on the disk are in neighbouring chains. */
    private int chain(long block) {
        return (int) block & chains.length - 1;
    }
}
