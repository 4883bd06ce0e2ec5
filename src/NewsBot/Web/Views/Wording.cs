using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Html;

namespace NewsBot.Web.Views;

/// <summary>How numbers, times and names are written on every page. Pure.</summary>
internal static class Wording
{
    /// <summary>Leaves every script readable, and so pages small; what HTML would understand is still escaped.</summary>
    public static readonly HtmlEncoder Html = HtmlEncoder.Create(UnicodeRanges.All);

    private const string Day = "d MMMM yyyy";
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    /// <summary>A text without the characters that turn the direction of reading beyond itself.</summary>
    public static string Straight(string text) =>
        text.Any(IsTurning) ? string.Concat(text.Where(character => !IsTurning(character))) : text;

    private static bool IsTurning(char character) =>
        character is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');

    public static string Number(long number) => number.ToString("N0", Culture);

    /// <returns>"1 comment", "20 comments".</returns>
    public static string Count(long number, string one, string? many = null) =>
        $"{Number(number)} {(number == 1 ? one : many ?? one + "s")}";

    /// <summary>The same where the two words shall stay on one line.</summary>
    public static string Together(long number, string one) => Count(number, one).Replace(' ', '\u00A0');

    /// <returns>"3 hours ago"; for older times the weekday or the date.</returns>
    public static string Ago(DateTimeOffset at, DateTimeOffset now)
    {
        var age = now - at;
        return age switch
        {
            _ when age < TimeSpan.FromMinutes(1) => "just now",
            _ when age < TimeSpan.FromHours(1) => $"{(int)age.TotalMinutes} min ago",
            _ when age < TimeSpan.FromHours(24) => $"{Count((int)age.TotalHours, "hour")} ago",
            _ when age < TimeSpan.FromDays(6) => at.ToString("dddd, HH:mm", Culture),
            _ => at.ToString(Day, Culture),
        };
    }

    /// <returns>"in 2 min"; "now" where it is due.</returns>
    public static string In(DateTimeOffset at, DateTimeOffset now)
    {
        var wait = at - now;
        return wait switch
        {
            _ when wait < TimeSpan.FromSeconds(1) => "now",
            _ when wait < TimeSpan.FromMinutes(1) => $"in {(int)wait.TotalSeconds} s",
            _ when wait < TimeSpan.FromHours(1) => $"in {(int)wait.TotalMinutes} min",
            _ when wait < TimeSpan.FromHours(48) => $"in {(int)wait.TotalHours} h",
            _ => $"in {(int)wait.TotalDays} days",
        };
    }

    /// <returns>The time of day, with the day where that is not today.</returns>
    public static string Clock(DateTimeOffset at, DateTimeOffset now) =>
        at.UtcDateTime.Date == now.UtcDateTime.Date ? at.ToString("HH:mm", Culture)
        : at.Year == now.Year ? at.ToString("d MMM, HH:mm", Culture)
        : at.ToString("d MMM yyyy, HH:mm", Culture);

    /// <returns>"Earlier today", "Yesterday", "Sunday", "14 November 2026".</returns>
    public static string DayName(DateTimeOffset at, DateTimeOffset now)
    {
        var days = (now.UtcDateTime.Date - at.UtcDateTime.Date).Days;
        return days switch
        {
            <= 0 => "Earlier today",
            1 => "Yesterday",
            < 7 => at.ToString("dddd", Culture),
            _ => at.ToString(Day, Culture),
        };
    }

    public static string LongDay(DateTimeOffset at) => at.ToString("dddd d MMMM yyyy", Culture);

    public static string Full(DateTimeOffset at) => at.ToString("d MMMM yyyy, HH:mm", Culture) + " UTC";

    /// <returns>"member since Aug 2019", or "first seen 23 Nov 2026" where no platform told when they joined.</returns>
    public static string Since(AuthorView author) =>
        author.HasJoined
            ? "member since " + author.Since.ToString("MMM yyyy", Culture)
            : "first seen " + author.Since.ToString("d MMM yyyy", Culture);

    /// <returns>"11 days", "3 hours", "4 min".</returns>
    public static string Length(TimeSpan length) =>
        length switch
        {
            _ when length < TimeSpan.FromHours(1) => $"{(int)length.TotalMinutes} min",
            _ when length < TimeSpan.FromHours(48) => Count((int)length.TotalHours, "hour"),
            _ => Count((int)length.TotalDays, "day"),
        };

    /// <returns>"0.4 s", "16 s", "12 min".</returns>
    public static string Seconds(double seconds) =>
        seconds switch
        {
            < 9.95 => string.Create(Culture, $"{seconds:0.#} s"),
            < 600 => string.Create(Culture, $"{seconds:0} s"),
            _ => string.Create(Culture, $"{seconds / 60:0} min"),
        };

    /// <summary>A time element that a script may turn to the reader's zone.</summary>
    public static IHtmlContent ClockTag(DateTimeOffset at, DateTimeOffset now) => Tag(at, "c", Clock(at, now));

    /// <inheritdoc cref="ClockTag" />
    public static IHtmlContent AgoTag(DateTimeOffset at, DateTimeOffset now) => Tag(at, "a", Ago(at, now));

    /// <inheritdoc cref="ClockTag" />
    public static IHtmlContent FullTag(DateTimeOffset at, DateTimeOffset now)
    {
        var full = Full(at);
        var ago = Ago(at, now);
        return Tag(
            at,
            "f",
            now - at < TimeSpan.FromHours(24) && now - at >= TimeSpan.FromMinutes(1) ? $"{ago}, {full}" : full
        );
    }

    /// <summary>At most two letters that stand for a name.</summary>
    public static string Initials(string name)
    {
        var words = name.Split(
            [' ', '_', '.', '\u00A0'],
            StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
        );
        var letters = words.Select(FirstLetter).Where(letter => letter.Length > 0).ToList();
        return letters.Count switch
        {
            0 => name.Length == 0 ? "?" : StringInfo.GetNextTextElement(name),
            1 => letters[0],
            _ => letters[0] + letters[^1],
        };
    }

    /// <returns>The class that colours a member's initials.</returns>
    public static string AvatarClass(long member) =>
        (member % 7) switch
        {
            0 => "av",
            var colour => string.Create(Culture, $"av a{colour}"),
        };

    /// <returns>"980 bytes", "14 kB", "1.2 MB".</returns>
    public static string Size(long bytes) =>
        bytes switch
        {
            < 1_000 => Count(bytes, "byte"),
            < 1_000_000 => string.Create(Culture, $"{bytes / 1_000d:0} kB"),
            _ => string.Create(Culture, $"{bytes / 1_000_000d:0.#} MB"),
        };

    public static string Platform(Core.Channels.Platform platform) =>
        platform switch
        {
            Core.Channels.Platform.Discord => "Discord",
            Core.Channels.Platform.Slack => "Slack",
            _ => "Web",
        };

    public static string Platform(string name) =>
        name switch
        {
            "discord" => "Discord",
            "slack" => "Slack",
            _ => "Web",
        };

    /// <returns>A, B, … Z, then A2, B2, …</returns>
    public static string Letter(int index) =>
        index < 26
            ? ((char)('A' + index)).ToString()
            : string.Create(Culture, $"{(char)('A' + (index % 26))}{(index / 26) + 1}");

    private static string FirstLetter(string word)
    {
        var first = StringInfo.GetNextTextElement(word);
        return char.IsLetter(first, 0) ? first.ToUpperInvariant() : "";
    }

    private static HtmlString Tag(DateTimeOffset at, string form, string text) =>
        new(
            string.Create(
                Culture,
                $"<time datetime=\"{at.UtcDateTime:yyyy-MM-ddTHH:mm:ss}Z\" data-t=\"{form}\">{Html.Encode(text)}</time>"
            )
        );
}
