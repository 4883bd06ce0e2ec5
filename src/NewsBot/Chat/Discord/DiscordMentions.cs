using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using NewsBot.Clients.Discord;

namespace NewsBot.Chat.Discord;

/// <summary>Turns what Discord writes as <c>&lt;…&gt;</c> into words: people, roles, channels, emoji, times and commands.</summary>
/// <param name="user">Name of an account; null where it is not known.</param>
/// <param name="role">Name of a role; null where it is not known.</param>
/// <param name="channel">Name of a channel; null where it is not known.</param>
internal sealed partial class DiscordMentions(
    Func<Snowflake, string?> user,
    Func<Snowflake, string?> role,
    Func<Snowflake, string?> channel
)
{
    // Signs that would begin something in Markdown, wherever they stand in a line.
    private const string Signs = "\\`*_[]<>~|&!";

    /// <summary>Resolves nothing: every name is unknown.</summary>
    public static DiscordMentions None { get; } = new(_ => null, _ => null, _ => null);

    /// <param name="text">A message.</param>
    /// <param name="start">Where a "&lt;" stands.</param>
    /// <param name="length">How much of the text it is.</param>
    /// <returns>Markdown that shows the words; null where it is none of these.</returns>
    public string? Find(string text, int start, out int length)
    {
        var match = Token().Match(text, start, Math.Min(MaxLength, text.Length - start));
        length = match.Length;
        if (!match.Success)
        {
            return null;
        }

        var id = Snowflake.TryParse(match.Groups["id"].Value, out var parsed) ? parsed : default;
        return match.Groups["kind"].Value switch
        {
            "@" or "@!" => Escape("@" + (user(id) ?? "someone")),
            "@&" => Escape("@" + (role(id) ?? "a-role")),
            "#" => Escape("#" + (channel(id) ?? "a-channel")),
            "/" => Escape("/" + match.Groups["name"].Value),
            "id:" => Escape("#" + match.Groups["name"].Value),
            "t:" => When(match.Groups["unix"].Value, match.Groups["style"].Value),
            _ => Escape(":" + match.Groups["name"].Value + ":"),
        };
    }

    /// <summary>Foreign plain text as Markdown that shows just that.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length + 4);
        foreach (var character in text)
        {
            if (Signs.Contains(character, StringComparison.Ordinal))
            {
                escaped.Append('\\');
            }

            // A name is one line, whatever it is called.
            escaped.Append(char.IsControl(character) ? ' ' : character);
        }

        return escaped.ToString();
    }

    // The reader's zone is not known and "in two hours" is soon wrong, so the instant itself is written.
    private static string? When(string unix, string style)
    {
        const long LastSecond = 253_402_300_799;
        if (
            !long.TryParse(unix, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds)
            || seconds is < -LastSecond / 4 or > LastSecond
        )
        {
            return null;
        }

        var form = style switch
        {
            "t" => "HH:mm 'UTC'",
            "T" => "HH:mm:ss 'UTC'",
            "d" or "D" => "d MMMM yyyy",
            "F" => "dddd, d MMMM yyyy, HH:mm 'UTC'",
            _ => "d MMMM yyyy, HH:mm 'UTC'",
        };
        return DateTimeOffset.FromUnixTimeSeconds(seconds).ToString(form, CultureInfo.InvariantCulture);
    }

    // A command with two subcommands of 32 letters each, and its id.
    private const int MaxLength = 160;

    [GeneratedRegex(
        @"\G<((?<kind>@[!&]?|\#)(?<id>[0-9]{1,20})|(?<kind>a?:)(?<name>\w{1,32}):[0-9]{1,20}|(?<kind>/)(?<name>[-\w\p{L}\p{N}]{1,32}( [-\w\p{L}\p{N}]{1,32}){0,2}):[0-9]{1,20}|(?<kind>id:)(?<name>customize|browse|guide|linked-roles)(:[0-9]{1,20})?|(?<kind>t:)(?<unix>-?[0-9]{1,13})(:(?<style>[tTdDfFsSR]))?)>",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        1_000
    )]
    private static partial Regex Token();
}
