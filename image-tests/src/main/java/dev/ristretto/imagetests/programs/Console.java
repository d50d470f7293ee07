package dev.ristretto.imagetests.programs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** Programs that talk over standard input and output. */
final class Console {

    private Console() {
    }

    /** Repeats each line of input until the input ends or a line says {@code quit}; reports the number of lines. */
    static void echo(String[] args) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        System.out.println("ready");
        int lines = 0;
        for (String line = in.readLine(); line != null && !line.equals("quit"); line = in.readLine()) {
            System.out.println("echo: " + line);
            lines++;
        }
        System.out.println("lines=" + lines);
    }

    /** Reads bytes to the end of input and prints how many there were and their CRC-32: input is transparent to all 256 values. */
    static void echoBytes(String[] args) throws IOException {
        System.out.println("ready");
        CRC32 crc = new CRC32();
        byte[] buffer = new byte[4096];
        long total = 0;
        for (int count = System.in.read(buffer); count >= 0; count = System.in.read(buffer)) {
            crc.update(buffer, 0, count);
            total += count;
        }
        System.out.println("bytes=" + total + " crc=" + Long.toHexString(crc.getValue()));
    }

    /** Writes to both streams, with characters outside ASCII, and a last line without its line feed. */
    static void streams(String[] args) {
        System.out.println("to standard output");
        System.err.println("to standard error");
        System.out.println("caff\u00e8 ristretto \u2615");
        System.out.print("no line feed at the end");
        System.out.flush();
    }

    /** Writes as many numbered lines as the first argument says: nothing may be lost or swapped under load. */
    static void flood(String[] args) {
        int lines = Integer.parseInt(args[0]);
        for (int i = 0; i < lines; i++) {
            System.out.println("line " + i + " of a flood that must arrive complete and in order");
        }
    }
}
