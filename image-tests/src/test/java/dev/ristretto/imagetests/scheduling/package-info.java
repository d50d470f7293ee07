/** What a preemptive scheduler owes the threads it interrupts: time for the others, and registers back as they were. */
package dev.ristretto.imagetests.scheduling;
