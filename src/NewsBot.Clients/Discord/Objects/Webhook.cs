namespace NewsBot.Clients.Discord.Objects;

/// <summary>A webhook of a channel. Holds a secret. Source: https://discord.com/developers/docs/resources/webhook#webhook-object</summary>
/// <param name="Id">Its id; its messages carry it.</param>
/// <param name="ChannelId">Where it posts; null where Discord does not say.</param>
/// <param name="Name">As shown where a message brings no name of its own.</param>
/// <param name="ApplicationId">The application it belongs to; null for one that people made.</param>
/// <param name="Token">Lets whoever has it post; null where it is not ours to know.</param>
public sealed record Webhook(
    Snowflake Id,
    Snowflake? ChannelId = null,
    string? Name = null,
    Snowflake? ApplicationId = null,
    string? Token = null
)
{
    /// <summary>Without the token.</summary>
    public override string ToString() => $"webhook {Id}";
}

/// <summary>What is needed to post through a webhook. Holds a secret.</summary>
/// <param name="Id">The webhook.</param>
/// <param name="Token">Its token.</param>
public sealed record WebhookKey(Snowflake Id, string Token)
{
    /// <summary>Without the token.</summary>
    public override string ToString() => $"webhook {Id}";
}

/// <summary>A message of a webhook. Source: https://discord.com/developers/docs/resources/webhook#execute-webhook</summary>
/// <param name="Content">Markdown, at most 2000 characters.</param>
public sealed record WebhookMessage(string Content)
{
    /// <summary>1 to 80 characters; null for the webhook's own. An edit cannot change it.</summary>
    public string? Username { get; init; }

    /// <summary>Address of a picture that Discord can fetch, at most 2048 characters; null for the webhook's own. An edit cannot change it.</summary>
    public string? AvatarUrl { get; init; }

    public MessageFlags? Flags { get; init; }

    /// <summary>Nobody: what a webhook says was written elsewhere. Discord's own default would ping.</summary>
    public AllowedMentions AllowedMentions { get; } = AllowedMentions.Nobody;
}
