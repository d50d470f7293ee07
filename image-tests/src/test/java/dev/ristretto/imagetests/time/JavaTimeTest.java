package dev.ristretto.imagetests.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.FormatStyle;
import java.time.format.TextStyle;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRulesException;
import java.util.Calendar;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.Locale;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;

class JavaTimeTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @Test
    void summerTimeBeginsAndEndsInBerlin() {
        ZonedDateTime before = ZonedDateTime.of(2026, 3, 29, 1, 59, 59, 0, BERLIN);
        assertEquals(LocalTime.of(3, 0), before.plusSeconds(1).toLocalTime());
        assertEquals(ZoneOffset.ofHours(2), before.plusSeconds(1).getOffset());
        ZoneOffsetTransition autumn = BERLIN.getRules().nextTransition(Instant.parse("2026-07-01T00:00:00Z"));
        assertEquals(Instant.parse("2026-10-25T01:00:00Z"), autumn.getInstant());
        assertTrue(autumn.isOverlap());
        assertEquals(23, Duration.between(LocalDate.of(2026, 3, 29).atStartOfDay(BERLIN), LocalDate.of(2026, 3, 30).atStartOfDay(BERLIN)).toHours());
    }

    @Test
    void aLocalTimeInTheGapMovesForward() {
        assertEquals("2026-03-29T03:30+02:00[Europe/Berlin]", LocalDateTime.of(2026, 3, 29, 2, 30).atZone(BERLIN).toString());
    }

    @Test
    void otherZones() {
        Instant instant = Instant.parse("2026-07-15T12:00:00Z");
        assertEquals("2026-07-15T08:00-04:00[America/New_York]", instant.atZone(ZoneId.of("America/New_York")).toString());
        assertEquals("2026-07-15T21:00+09:00[Asia/Tokyo]", instant.atZone(ZoneId.of("Asia/Tokyo")).toString());
        assertEquals("2026-07-15T17:30+05:30[Asia/Kolkata]", instant.atZone(ZoneId.of("Asia/Kolkata")).toString());
        assertEquals("2026-07-15T22:30+10:30", instant.atZone(ZoneId.of("Australia/Lord_Howe")).toOffsetDateTime().toString());
        assertTrue(ZoneId.getAvailableZoneIds().size() > 500);
        assertThrows(ZoneRulesException.class, () -> ZoneId.of("Europe/Nowhere"));
    }

    @Test
    void historicalOffsets() {
        assertEquals("+00:53:28", LocalDateTime.of(1890, 1, 1, 0, 0).atZone(BERLIN).getOffset().toString());
        assertEquals(ZoneOffset.ofHours(3), LocalDateTime.of(1945, 6, 1, 0, 0).atZone(BERLIN).getOffset());
    }

    @Test
    void calendarArithmetic() {
        assertEquals(LocalDate.of(2024, 2, 29), LocalDate.of(2024, 1, 31).plusMonths(1));
        assertEquals(LocalDate.of(2025, 2, 28), LocalDate.of(2024, 2, 29).plusYears(1));
        assertEquals(Period.of(1, 2, 3), Period.between(LocalDate.of(2020, 1, 1), LocalDate.of(2021, 3, 4)));
        assertEquals(366, Year.of(2028).length());
        assertEquals(LocalDate.of(2026, 11, 30), LocalDate.of(2026, 11, 3).with(TemporalAdjusters.lastInMonth(DayOfWeek.MONDAY)));
        assertEquals(53, LocalDate.of(2026, 12, 31).get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
        assertEquals(19_723, LocalDate.of(2024, 1, 1).toEpochDay());
        assertEquals(10, ChronoUnit.MONTHS.between(YearMonth.of(2025, 3), YearMonth.of(2026, 1)));
        assertThrows(DateTimeException.class, () -> LocalDate.of(2025, 2, 29));
    }

    @Test
    void durations() {
        assertEquals("PT26H3M4.005S", Duration.ofDays(1).plusHours(2).plusMinutes(3).plusSeconds(4).plusMillis(5).toString());
        assertEquals(Duration.ofSeconds(90), Duration.parse("PT1M30S"));
        assertEquals(Duration.ofMillis(-1500), Duration.ofMillis(-3000).dividedBy(2));
        assertThrows(ArithmeticException.class, () -> Duration.ofSeconds(Long.MAX_VALUE).plusSeconds(1));
    }

    @Test
    void formattingByPattern() {
        ZonedDateTime when = ZonedDateTime.of(2026, 11, 23, 14, 5, 9, 120_000_000, BERLIN);
        assertEquals("2026-11-23 14:05:09.120 +0100 Europe/Berlin",
                when.format(DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS Z VV", Locale.ROOT)));
        assertEquals("Monday, 23 November 2026", when.format(DateTimeFormatter.ofPattern("EEEE, d MMMM yyyy", Locale.ENGLISH)));
        assertEquals("Mon, 23 Nov 2026 14:05:09 +0100", when.format(DateTimeFormatter.RFC_1123_DATE_TIME));
        assertEquals("2026-11-23T14:05:09.12+01:00[Europe/Berlin]", when.format(DateTimeFormatter.ISO_ZONED_DATE_TIME));
        assertEquals("Central European Standard Time", when.format(DateTimeFormatter.ofPattern("zzzz", Locale.ENGLISH)));
    }

    @Test
    void formattingByLocale() {
        LocalDate date = LocalDate.of(2026, 3, 1);
        assertEquals("Sonntag, 1. M\u00e4rz 2026", date.format(DateTimeFormatter.ofLocalizedDate(FormatStyle.FULL).withLocale(Locale.GERMANY)));
        assertEquals("dimanche 1 mars 2026", date.format(DateTimeFormatter.ofLocalizedDate(FormatStyle.FULL).withLocale(Locale.FRANCE)));
        assertEquals("3/1/26", date.format(DateTimeFormatter.ofLocalizedDate(FormatStyle.SHORT).withLocale(Locale.US)));
        assertEquals("Mi.", DayOfWeek.WEDNESDAY.getDisplayName(TextStyle.SHORT, Locale.GERMAN));
    }

    @Test
    void parsing() {
        assertEquals(LocalDate.of(2026, 12, 24), LocalDate.parse("24.12.2026", DateTimeFormatter.ofPattern("dd.MM.yyyy")));
        assertEquals(OffsetDateTime.of(2026, 1, 2, 3, 4, 5, 0, ZoneOffset.ofHoursMinutes(-3, -30)), OffsetDateTime.parse("2026-01-02T03:04:05-03:30"));
        assertEquals(BERLIN, ZonedDateTime.parse("2026-01-02T03:04:05+01:00[Europe/Berlin]").getZone());
        DateTimeParseException e = assertThrows(DateTimeParseException.class, () -> LocalDate.parse("2026-13-01"));
        assertEquals("2026-13-01", e.getParsedString());
    }

    @Test
    void oldDatesAndCalendars() {
        GregorianCalendar calendar = new GregorianCalendar(TimeZone.getTimeZone("Europe/Berlin"), Locale.GERMANY);
        calendar.setTimeInMillis(1_774_746_000_000L);
        assertEquals(2026, calendar.get(Calendar.YEAR));
        assertEquals(3, calendar.get(Calendar.HOUR_OF_DAY));
        assertEquals(Calendar.MONDAY, calendar.getFirstDayOfWeek());
        assertTrue(TimeZone.getTimeZone("Europe/Berlin").inDaylightTime(new Date(1_774_746_000_000L)));
        assertFalse(TimeZone.getTimeZone("UTC").useDaylightTime());
        assertEquals(Instant.ofEpochMilli(5), new Date(5).toInstant());
        assertEquals("GMT", TimeZone.getTimeZone("Nowhere/Else").getID());
    }

    @Test
    void theDefaultZoneExists() {
        assertEquals(ZoneId.systemDefault(), TimeZone.getDefault().toZoneId());
        assertEquals(ZonedDateTime.now().getZone(), ZoneId.systemDefault());
    }
}
