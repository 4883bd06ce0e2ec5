using System.Text.Json.Serialization;

namespace NewsBot.Clients.Slack.Objects;

/// <summary>An account. Source: https://docs.slack.dev/reference/objects/user-object</summary>
/// <param name="Id">Its id; USLACKBOT is Slack's own.</param>
/// <param name="TeamId">Its workspace.</param>
/// <param name="Name">The account's name; not for showing.</param>
/// <param name="RealName">Its name.</param>
/// <param name="Profile">Names and pictures.</param>
/// <param name="Deleted">True where it was closed.</param>
/// <param name="IsBot">True for bots.</param>
/// <param name="IsAdmin">May manage the workspace.</param>
/// <param name="IsOwner">May manage the workspace.</param>
/// <param name="IsPrimaryOwner">May manage the workspace.</param>
/// <param name="IsRestricted">A guest in several channels.</param>
/// <param name="IsUltraRestricted">A guest in one channel.</param>
/// <param name="IsStranger">Of another organisation and in no channel with us.</param>
/// <param name="Tz">Time zone, such as Europe/Berlin.</param>
/// <param name="Locale">Language, such as de-DE; only where it was asked for.</param>
/// <param name="Updated">When it last changed, in seconds since 1970.</param>
public sealed record User(
    string Id,
    string? TeamId = null,
    string? Name = null,
    string? RealName = null,
    UserProfile? Profile = null,
    bool Deleted = false,
    bool IsBot = false,
    bool IsAdmin = false,
    bool IsOwner = false,
    bool IsPrimaryOwner = false,
    bool IsRestricted = false,
    bool IsUltraRestricted = false,
    bool IsStranger = false,
    string? Tz = null,
    string? Locale = null,
    long Updated = 0
)
{
    public string Id { get; init; } = Id ?? "";

    /// <summary>What people are shown: the display name, else the full one; null where there is neither.</summary>
    public string? ShownName =>
        new[] { Profile?.DisplayName, Profile?.RealName, RealName, Name }.FirstOrDefault(name =>
            !string.IsNullOrWhiteSpace(name)
        );
}

/// <param name="DisplayName">Often empty.</param>
/// <param name="RealName">The full name.</param>
/// <param name="Image72">A picture of 72 pixels.</param>
/// <param name="Image192">A picture of 192 pixels.</param>
/// <param name="BotId">Of a bot.</param>
/// <param name="ApiAppId">Of a bot.</param>
/// <param name="Title">What they do.</param>
public sealed record UserProfile(
    string? DisplayName = null,
    string? RealName = null,
    [property: JsonPropertyName("image_72")] string? Image72 = null,
    [property: JsonPropertyName("image_192")] string? Image192 = null,
    string? BotId = null,
    string? ApiAppId = null,
    string? Title = null
);

/// <summary>A workspace. Source: https://docs.slack.dev/reference/methods/team.info</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Domain">Its address without the rest.</param>
/// <param name="Icon">Its pictures.</param>
/// <param name="EnterpriseId">The organisation; null for none.</param>
/// <param name="EnterpriseName">The organisation.</param>
public sealed record Team(
    string Id,
    string? Name = null,
    string? Domain = null,
    TeamIcon? Icon = null,
    string? EnterpriseId = null,
    string? EnterpriseName = null
)
{
    public string Id { get; init; } = Id ?? "";
}

public sealed record TeamIcon(
    [property: JsonPropertyName("image_68")] string? Image68 = null,
    [property: JsonPropertyName("image_132")] string? Image132 = null,
    bool ImageDefault = false
);
