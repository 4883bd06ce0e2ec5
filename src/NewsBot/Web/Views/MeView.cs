using NewsBot.Storage;

namespace NewsBot.Web.Views;

/// <summary>What somebody who signed in sees of themselves.</summary>
internal sealed record MeView
{
    public required string Name { get; init; }

    /// <summary>Where they are a member.</summary>
    public required IReadOnlyList<MyCommunityView> Communities { get; init; }

    /// <summary>The browsers they are signed in on.</summary>
    public required IReadOnlyList<WebSession> Sessions { get; init; }

    /// <summary>Safe HTML of what was just done; null for nothing.</summary>
    public required string? Answer { get; init; }

    public required DateTimeOffset Now { get; init; }

    public required string TokenField { get; init; }

    public required string Token { get; init; }
}

/// <summary>Somebody in one community.</summary>
/// <param name="Id">Which community.</param>
/// <param name="Name">Its name.</param>
/// <param name="Member">Who they are there.</param>
/// <param name="Profile">Safe HTML of what is kept about them.</param>
internal sealed record MyCommunityView(long Id, string Name, long Member, string Profile);
