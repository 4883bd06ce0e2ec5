using System.Text.Json;

namespace NewsBot.Clients.Slack.Objects;

/// <summary>
/// Somebody used a button, select, shortcut or view; every kind uses some of these fields.
/// Source: https://docs.slack.dev/reference/interaction-payloads
/// </summary>
/// <param name="Type">See <see cref="InteractionTypes"/>; unknown ones are possible.</param>
/// <param name="Team">Null for an app installed for a whole organisation.</param>
/// <param name="Enterprise">The organisation; null for none.</param>
/// <param name="User">Who.</param>
/// <param name="ApiAppId">Our app.</param>
/// <param name="TriggerId">Opens one view within three seconds.</param>
/// <param name="ResponseUrl">Takes five answers within 30 minutes; a secret.</param>
/// <param name="CallbackId">Of a shortcut.</param>
/// <param name="Channel">Where; null in views.</param>
/// <param name="Message">Of a button under it or a shortcut on it; null for ephemeral ones.</param>
/// <param name="MessageTs">Of a shortcut on a message.</param>
/// <param name="Container">What holds the button.</param>
/// <param name="Actions">What was pressed or chosen.</param>
/// <param name="View">The view it happened in.</param>
/// <param name="ResponseUrls">Of a view with selects that ask for them.</param>
/// <param name="IsCleared">Of view_closed: the whole stack was closed.</param>
/// <param name="State">What stands in the inputs of a message.</param>
/// <param name="ActionId">Of a block_suggestion.</param>
/// <param name="BlockId">Of a block_suggestion.</param>
/// <param name="Value">Of a block_suggestion: what was typed.</param>
/// <param name="IsEnterpriseInstall">True where the app is installed for a whole organisation.</param>
public sealed record Interaction(
    string Type,
    InteractionTeam? Team = null,
    InteractionTeam? Enterprise = null,
    InteractionUser? User = null,
    string? ApiAppId = null,
    string? TriggerId = null,
    string? ResponseUrl = null,
    string? CallbackId = null,
    ChannelReference? Channel = null,
    Message? Message = null,
    SlackTs MessageTs = default,
    InteractionContainer? Container = null,
    IReadOnlyList<BlockAction>? Actions = null,
    View? View = null,
    IReadOnlyList<ViewResponseUrl>? ResponseUrls = null,
    bool IsCleared = false,
    ViewState? State = null,
    string? ActionId = null,
    string? BlockId = null,
    string? Value = null,
    bool IsEnterpriseInstall = false
)
{
    public string Type { get; init; } = Type ?? "";

    /// <summary>The channel, wherever the payload names it; null in views.</summary>
    public string? ChannelId => Channel?.Id ?? Container?.ChannelId;

    /// <summary>The workspace it is to be handled for; null where the payload names none.</summary>
    public string? TeamId => Team?.Id ?? User?.TeamId ?? View?.TeamId;
}

/// <summary>Source: https://docs.slack.dev/reference/interaction-payloads</summary>
public static class InteractionTypes
{
    public const string BlockActions = "block_actions";
    public const string BlockSuggestion = "block_suggestion";
    public const string MessageAction = "message_action";
    public const string Shortcut = "shortcut";
    public const string ViewClosed = "view_closed";
    public const string ViewSubmission = "view_submission";
}

public sealed record InteractionTeam(string? Id = null, string? Domain = null, string? Name = null);

/// <param name="Id">Who.</param>
/// <param name="Name">Not for showing: the name of the account.</param>
/// <param name="Username">The same.</param>
/// <param name="TeamId">Theirs; another than ours in shared channels.</param>
public sealed record InteractionUser(
    string? Id = null,
    string? Name = null,
    string? Username = null,
    string? TeamId = null
);

/// <param name="Type">message, view or message_attachment.</param>
/// <param name="MessageTs">The message.</param>
/// <param name="ChannelId">Where it stands.</param>
/// <param name="ThreadTs">Its thread.</param>
/// <param name="ViewId">The view.</param>
/// <param name="IsEphemeral">True for what only one sees.</param>
public sealed record InteractionContainer(
    string? Type = null,
    SlackTs MessageTs = default,
    string? ChannelId = null,
    SlackTs ThreadTs = default,
    string? ViewId = null,
    bool IsEphemeral = false
);

/// <summary>One thing pressed or chosen; every kind uses some of these fields.</summary>
public sealed record BlockAction(
    string? Type = null,
    string? ActionId = null,
    string? BlockId = null,
    string? Value = null,
    OptionObject? SelectedOption = null,
    IReadOnlyList<OptionObject>? SelectedOptions = null,
    string? SelectedConversation = null,
    string? SelectedChannel = null,
    string? SelectedUser = null,
    string? SelectedTime = null,
    SlackTs ActionTs = default
);

/// <param name="ResponseUrl">A secret.</param>
/// <param name="ChannelId">Where an answer would stand.</param>
/// <param name="BlockId">Of the select.</param>
/// <param name="ActionId">Of the select.</param>
public sealed record ViewResponseUrl(
    string? ResponseUrl = null,
    string? ChannelId = null,
    string? BlockId = null,
    string? ActionId = null
);

/// <summary>A channel that is a bare id in one payload and an object in another.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name, where it is told.</param>
[System.Text.Json.Serialization.JsonConverter(typeof(ChannelReferenceConverter))]
public sealed record ChannelReference(string? Id = null, string? Name = null);

internal sealed class ChannelReferenceConverter : System.Text.Json.Serialization.JsonConverter<ChannelReference>
{
    public override ChannelReference? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            var fields = JsonSerializer.Deserialize<Fields>(ref reader, options)!;
            return new ChannelReference(fields.Id, fields.Name);
        }

        return JsonSerializer.Deserialize<string>(ref reader, options) is { } id ? new ChannelReference(id) : null;
    }

    public override void Write(Utf8JsonWriter writer, ChannelReference value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, new Fields(value.Id, value.Name), options);

    private sealed record Fields(string? Id = null, string? Name = null);
}
