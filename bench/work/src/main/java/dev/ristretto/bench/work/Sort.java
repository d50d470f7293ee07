package dev.ristretto.bench.work;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;

/** Sorts 300,000 ints, and 100,000 strings with a comparator. */
final class Sort {
    private Sort() {
    }

    static long round() {
        Random random = new Random(42);
        int[] numbers = random.ints(300_000).toArray();
        Arrays.sort(numbers);
        String[] words = new String[100_000];
        for (int i = 0; i < words.length; i++) {
            words[i] = Integer.toString(random.nextInt(), 36);
        }
        Arrays.sort(words, Comparator.comparing(String::length).thenComparing(Comparator.naturalOrder()));
        return numbers[150_000] + 31L * words[50_000].hashCode();
    }
}
