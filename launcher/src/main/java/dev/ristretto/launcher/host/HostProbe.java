package dev.ristretto.launcher.host;

import dev.ristretto.launcher.Accelerator;
import dev.ristretto.launcher.LaunchException;
import dev.ristretto.launcher.Machine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Chooses machine model and accelerator: KVM where it truly works, the translator elsewhere. The first question costs the start of a
 * tiny guest or two (some 50 ms each, at most a second where KVM crawls); the answers are kept in the cache directory.
 *
 * <p>Instances are immutable and may be used by several threads.
 */
public final class HostProbe {
    /** A verdict of slowness may come from a busy moment, so it is not kept for as long as the others. */
    private static final Duration SLOWNESS_KEPT = Duration.ofDays(1);
    private static final String OK = "ok";

    private final Path cacheDirectory;
    private final Path kvmDevice;
    private final Duration kvmTimeout;

    /**
     * @param cacheDirectory where to remember; made when first needed
     */
    public HostProbe(Path cacheDirectory) {
        this(cacheDirectory, Path.of("/dev/kvm"), Probe.KVM_TIMEOUT);
    }

    HostProbe(Path cacheDirectory, Path kvmDevice, Duration kvmTimeout) {
        this.cacheDirectory = cacheDirectory;
        this.kvmDevice = kvmDevice;
        this.kvmTimeout = kvmTimeout;
    }

    /**
     * What to run on.
     *
     * @param machine the machine model asked for, null for the fastest this QEMU has
     * @throws LaunchException if what was asked for cannot be had
     */
    public Host choose(Path qemu, Machine machine, Accelerator accelerator) throws LaunchException, InterruptedException {
        Session session = new Session(qemu, machine, HostFacts.load(cacheDirectory, qemu));
        try {
            return session.choose(accelerator);
        } finally {
            if (session.fresh) {
                session.facts.save();
            }
        }
    }

    /** Why KVM cannot be used truly, in words that follow "KVM"; empty if it can. */
    public String whyNotKvm(Path qemu) throws InterruptedException {
        String problem = kvmDeviceProblem();
        if (!problem.isEmpty()) {
            return problem;
        }
        Session session = new Session(qemu, null, HostFacts.load(cacheDirectory, qemu));
        try {
            return session.firstKnown(Accelerator.KVM).problem;
        } finally {
            if (session.fresh) {
                session.facts.save();
            }
        }
    }

    /** One choice being made. */
    private final class Session {
        private final Path qemu;
        private final List<Machine> candidates;
        private final HostFacts facts;
        private boolean fresh;

        Session(Path qemu, Machine asked, HostFacts facts) {
            this.qemu = qemu;
            this.candidates = asked == null ? List.of(Machine.MICROVM, Machine.Q35, Machine.PC) : List.of(asked);
            this.facts = facts;
        }

        Host choose(Accelerator accelerator) throws LaunchException, InterruptedException {
            String reason = "";
            if (accelerator != Accelerator.TCG) {
                reason = kvmDeviceProblem();
                if (reason.isEmpty()) {
                    Candidate kvm = firstKnown(Accelerator.KVM);
                    if (kvm.problem.isEmpty()) {
                        return host(kvm, Accelerator.KVM, "");
                    }
                    reason = kvm.problem;
                }
                if (accelerator == Accelerator.KVM) {
                    throw new LaunchException("KVM was asked for and " + reason, "Leave --accel at auto, or say --accel tcg.");
                }
            }
            Candidate tcg = firstKnown(Accelerator.TCG);
            if (!tcg.problem.isEmpty()) {
                throw new LaunchException(qemu + " cannot start a guest on " + tcg.machine.word() + ": TCG " + tcg.problem,
                        "Try --machine with another of microvm, q35 and pc, or another QEMU.");
            }
            return host(tcg, Accelerator.TCG, reason);
        }

        private Host host(Candidate candidate, Accelerator accelerator, String reason) {
            return new Host(qemu, candidate.machine, accelerator, reason, CpuFeatures.ofWords(candidate.words), fresh);
        }

        private record Candidate(Machine machine, int[] words, String problem) { }

        /** The first machine model that this QEMU knows, with what the accelerator makes of it. */
        private Candidate firstKnown(Accelerator accelerator) throws InterruptedException {
            for (Machine machine : candidates.subList(0, candidates.size() - 1)) {
                if (!"absent".equals(facts.get(machine.word()))) {
                    Candidate candidate = candidate(machine, accelerator);
                    if (!"absent".equals(facts.get(machine.word()))) {
                        return candidate;
                    }
                }
            }
            return candidate(candidates.getLast(), accelerator);
        }

        private Candidate candidate(Machine machine, Accelerator accelerator) throws InterruptedException {
            String name = machine.word() + "." + accelerator.word();
            String verdict = facts.get(name);
            if (verdict == null || expired(name) || OK.equals(verdict) && words(facts.get(name + ".cpu")) == null) {
                fresh = true;
                Probe.Result result = new Probe(qemu, kvmTimeout).run(machine, accelerator);
                verdict = result.works() ? OK : result.problem();
                facts.put(name, verdict);
                facts.put(name + ".at", Long.toString(System.currentTimeMillis()));
                facts.put(name + ".cpu", result.words() == null ? "" : hex(result.words()));
                if (result.unknownMachine()) {
                    facts.put(machine.word(), "absent");
                }
            }
            int[] words = words(facts.get(name + ".cpu"));
            return new Candidate(machine, words, OK.equals(verdict) ? "" : verdict);
        }

        private boolean expired(String name) {
            try {
                return !OK.equals(facts.get(name))
                        && System.currentTimeMillis() - Long.parseLong(facts.get(name + ".at")) > SLOWNESS_KEPT.toMillis();
            } catch (NumberFormatException e) {
                return true;
            }
        }
    }

    private String kvmDeviceProblem() {
        if (!Files.exists(kvmDevice)) {
            return "is not offered by this host (no " + kvmDevice + ")";
        }
        if (!Files.isReadable(kvmDevice) || !Files.isWritable(kvmDevice)) {
            return "may not be used by this user (" + kvmDevice + "; usually the group kvm may)";
        }
        return "";
    }

    private static String hex(int[] words) {
        return Arrays.stream(words).mapToObj(Integer::toHexString).collect(Collectors.joining(" "));
    }

    private static int[] words(String hex) {
        if (hex == null) {
            return null;
        }
        try {
            int[] words = Arrays.stream(hex.strip().split(" ")).mapToInt(word -> Integer.parseUnsignedInt(word, 16)).toArray();
            return words.length == CpuFeatures.WORDS ? words : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
