using System.Text.Json.Nodes;
using NewsBot.Testing.Servers.FakeDiscord.Validation;

namespace NewsBot.Testing.Servers.FakeDiscord.Stored;

/// <summary>A message that is about to be posted.</summary>
internal sealed record MessageDraft
{
    public required ulong AuthorId { get; init; }

    public MessagePayload? Payload { get; init; }

    public int Type { get; init; }

    /// <summary>For messages that Discord writes itself.</summary>
    public string Text { get; init; } = "";

    /// <summary>Set where the id is given, as for the starter of a forum post.</summary>
    public ulong? Id { get; init; }

    public StoredWebhook? Webhook { get; init; }

    public string? WebhookName { get; init; }

    public string? WebhookAvatar { get; init; }

    public StoredInteraction? Interaction { get; init; }

    public bool Ephemeral { get; init; }

    public int Flags { get; init; }

    public ulong? ReplyTo { get; init; }

    public JsonObject? Reference { get; init; }

    public JsonArray? Snapshots { get; init; }

    /// <summary>Whom it may notify where the body does not say.</summary>
    public AllowedMentions Default { get; init; } = AllowedMentions.All;
}
