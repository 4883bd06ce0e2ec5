using System.Text.Json;
using NewsBot.Clients.Slack;
using NewsBot.Clients.Slack.Objects;

namespace NewsBot.Chat.Slack;

/// <summary>
/// What a window remembers from one step to the next. It goes through Slack and back, so that whatever it says is looked
/// up again before it counts.
/// </summary>
/// <param name="Channel">Slack's id of the channel it is about.</param>
/// <param name="Thread">The thread it is about.</param>
/// <param name="Message">The message it is about.</param>
/// <param name="Code">What waits to be confirmed.</param>
/// <param name="Source">Such as "source-3".</param>
/// <param name="Field">Which text is changed; see <see cref="SourceForm"/>.</param>
/// <param name="Url">A feed that wants a login.</param>
/// <param name="Header">The header a login is sent in; null for a user name and password.</param>
internal sealed record SlackFormState(
    string? Channel = null,
    string? Thread = null,
    string? Message = null,
    string? Code = null,
    string? Source = null,
    string? Field = null,
    string? Url = null,
    string? Header = null
)
{
    /// <summary>Slack's own limit, in characters.</summary>
    public const int MaxChars = 3_000;

    /// <returns>JSON; the address is left out where it would be too long.</returns>
    public string Write()
    {
        var text = JsonSerializer.Serialize(this, SlackJson.Options);
        return text.Length <= MaxChars
            ? text
            : JsonSerializer.Serialize(this with { Url = null, Header = null }, SlackJson.Options);
    }

    /// <returns>An empty one where there is none, or it is not ours.</returns>
    public static SlackFormState Read(View? view)
    {
        if (view?.PrivateMetadata is not { Length: > 0 and <= MaxChars } text)
        {
            return new SlackFormState();
        }

        try
        {
            return JsonSerializer.Deserialize<SlackFormState>(text, SlackJson.Options) ?? new SlackFormState();
        }
        catch (JsonException)
        {
            return new SlackFormState();
        }
    }
}
