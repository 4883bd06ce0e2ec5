using System.Globalization;
using System.Text;

namespace NewsBot.Chat.Slack;

/// <summary>Plain words of Slack as Markdown that shows just them. Pure.</summary>
internal static class SlackProse
{
    // Signs that would begin something in Markdown, wherever they stand in a line.
    private const string Signs = "\\`*_[]<>~|&!";

    // These would only at the beginning of one. A dash stays: who types a list with dashes means one.
    private const string FirstSigns = "#+=";

    private const long LastSecond = 253_402_300_799;

    /// <param name="text">Any text; line breaks stay.</param>
    /// <param name="isLineStart">Whether it begins a line.</param>
    public static string Escape(string text, bool isLineStart)
    {
        var escaped = new StringBuilder(text.Length + 8);
        foreach (var character in text)
        {
            if (
                Signs.Contains(character, StringComparison.Ordinal)
                || (isLineStart && FirstSigns.Contains(character, StringComparison.Ordinal))
            )
            {
                escaped.Append('\\');
            }

            if (isLineStart && character is ' ' or '\t')
            {
                // Four of them would make code of the line.
                continue;
            }

            escaped.Append(character);
            isLineStart = character == '\n';
        }

        return escaped.ToString();
    }

    /// <summary>A name: one line, whatever it is called.</summary>
    public static string Name(string name) =>
        Escape(new string([.. name.Select(character => char.IsControl(character) ? ' ' : character)]), false);

    /// <summary>A fenced block; the fence is longer than any run of signs in what it holds.</summary>
    public static string Block(string code) =>
        $"````\n{code.Trim('\n').Replace("````", "``` `", StringComparison.Ordinal)}\n````";

    /// <summary>An instant; the reader's zone is not known, so it is written in full.</summary>
    /// <returns>The fallback where it is no instant.</returns>
    public static string When(string? seconds, string? fallback) =>
        long.TryParse(seconds, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var unix)
        && unix is > -LastSecond / 4 and <= LastSecond
            ? DateTimeOffset
                .FromUnixTimeSeconds(unix)
                .ToString("d MMMM yyyy, HH:mm 'UTC'", CultureInfo.InvariantCulture)
            : Name(fallback ?? "a date");
}
